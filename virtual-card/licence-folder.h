/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the persona folder contains for the driving licence: the photo, the values that a reader should get, and the public key
 * of the signer. */
#ifndef VIRTUAL_CARD_LICENCE_FOLDER_H
#define VIRTUAL_CARD_LICENCE_FOLDER_H

#include "persona.h"

/* Makes the files if they are missing. Returns 0, or -1 with a message on stderr. */
int licence_folder_complete(const char *dir, const struct persona *persona, unsigned seed);

#endif

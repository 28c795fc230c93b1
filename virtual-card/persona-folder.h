/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The persona folder contains persona.ini, keys/ and images/. For testers it also contains certificates/, expected/ (the
 * values that a reader should get), trusted-cv-keys.txt and trusted-licence-keys.txt (for the driver's settings of these
 * names). licence-folder.h makes what belongs to the driving licence.
 */
#ifndef VIRTUAL_CARD_PERSONA_FOLDER_H
#define VIRTUAL_CARD_PERSONA_FOLDER_H

#include "persona.h"

/* Opens the folder and creates what is missing. Other processes wait until persona_folder_close(). Returns 0, or -1 with a
 * message on stderr. */
int persona_folder_open(const char *dir, unsigned seed, struct persona *persona);

void persona_folder_close(const char *dir);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The persona folder: persona.ini, keys/, images/, and for those who test: certificates/, expected/ (what a reader should
 * get) and trusted-cv-keys.txt (for the driver's `trusted_cv_keys`).
 */
#ifndef VIRTUAL_CARD_PERSONA_FOLDER_H
#define VIRTUAL_CARD_PERSONA_FOLDER_H

#include "persona.h"

/* Opens the folder, making what is missing; other processes wait until persona_folder_close(). 0, or -1 with a message on
 * stderr. */
int persona_folder_open(const char *dir, unsigned seed, struct persona *persona);

void persona_folder_close(const char *dir);

#endif

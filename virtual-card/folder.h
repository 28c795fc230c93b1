/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The persona's folder. */
#ifndef VIRTUAL_CARD_FOLDER_H
#define VIRTUAL_CARD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* The folder that VIRTUAL_CARD_DIR names, else mynumber-virtual-card in the user's data folder. Returns false if the name
 * does not fit into SIZE bytes. */
bool vc_folder_default(char *path, size_t size);

/* Creates DIR and its parent folders. Returns 0, or -1 with a message on stderr. */
int vc_folder_make(const char *dir);

#endif

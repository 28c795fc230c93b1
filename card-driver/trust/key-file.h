/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the key files that the configuration names. */
#ifndef MYNUMBER_KEY_FILE_H
#define MYNUMBER_KEY_FILE_H

#include "card-driver/base/compat.h"

/* Reads the file PATH. The path must be absolute, so that no program's current folder determines which keys are trusted.
 * The file must be a regular one, so that no pipe delays a transaction, and not larger than any list of keys. *TEXT
 * contains the *LEN bytes of the file and a final NUL; the caller frees it. Returns SC_SUCCESS, SC_ERROR_OUT_OF_MEMORY,
 * or SC_ERROR_FILE_NOT_FOUND if there is no such file; then the user was told so, with the name SETTING. */
int key_file_read(const sc_context_t *ctx, const char *setting, const char *path, char **text, size_t *len);

#endif

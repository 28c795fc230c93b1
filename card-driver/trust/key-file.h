/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of keys that the configuration names. */
#ifndef MYNUMBER_KEY_FILE_H
#define MYNUMBER_KEY_FILE_H

#include "card-driver/base/compat.h"

/* Reads the file PATH, which must be absolute (no program's current folder chooses who is trusted), of a regular file (no
 * pipe keeps a transaction waiting), and not larger than any list of keys. *TEXT ends in a NUL, and is the caller's to free;
 * *LEN bytes of it are the file's. SC_SUCCESS, SC_ERROR_OUT_OF_MEMORY, or SC_ERROR_FILE_NOT_FOUND: it is no such file, and the
 * user was told so, with the name SETTING. */
int key_file_read(const sc_context_t *ctx, const char *setting, const char *path, char **text, size_t *len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file `trusted_cv_keys` of a target. All inputs share it, and it disappears when the program ends. */
#ifndef TESTS_FUZZ_KEYS_FILE_H
#define TESTS_FUZZ_KEYS_FILE_H

#include <stddef.h>
#include <stdint.h>

/* Creates the empty file at the first call. Returns its path. */
const char *keys_file_make(void);

/* Replaces the content by LEN bytes of DATA. */
void keys_file_write(const uint8_t *data, size_t len);

#endif

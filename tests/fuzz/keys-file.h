/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file `trusted_cv_keys` of a target: one for all inputs, gone with the program. */
#ifndef TESTS_FUZZ_KEYS_FILE_H
#define TESTS_FUZZ_KEYS_FILE_H

#include <stddef.h>
#include <stdint.h>

/* Makes the file, once, empty. Its path. */
const char *keys_file_make(void);

/* From now on it holds LEN bytes of DATA. */
void keys_file_write(const uint8_t *data, size_t len);

#endif

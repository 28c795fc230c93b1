/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TESTS_FUZZ_PNG_CHECKSUMS_H
#define TESTS_FUZZ_PNG_CHECKSUMS_H

#include <stddef.h>
#include <stdint.h>

/* Writes the correct checksum into each complete chunk of the PNG, in place. */
void png_checksums_mend(uint8_t *png, size_t len);

#endif

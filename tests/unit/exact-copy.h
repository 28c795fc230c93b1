/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TESTS_EXACT_COPY_H
#define TESTS_EXACT_COPY_H

#include <stddef.h>
#include <stdint.h>

/* Copies LEN bytes into a buffer of exactly that size, so that ASAN and valgrind detect reads beyond the end. The caller
 * frees it. */
uint8_t *exact_copy(const void *data, size_t len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TESTS_EXACT_COPY_H
#define TESTS_EXACT_COPY_H

#include <stddef.h>
#include <stdint.h>

/* A copy of exactly LEN bytes, so that ASAN and valgrind see a read beyond them. The caller frees it. */
uint8_t *exact_copy(const void *data, size_t len);

#endif

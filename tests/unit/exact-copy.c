/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "exact-copy.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

uint8_t *
exact_copy(const void *data, size_t len)
{
	uint8_t *copy = malloc(len > 0 ? len : 1);

	assert_non_null(copy);
	memcpy(copy, data, len);
	return copy;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

bool
chunk_next(const uint8_t **data, size_t *size, struct chunk *chunk)
{
	if (*size < CHUNK_HEADER)
		return false;
	*chunk = (struct chunk){.type = (*data)[0], .data = *data + CHUNK_HEADER, .len = (size_t)(*data)[1] << 8 | (*data)[2]};
	if (chunk->len > *size - CHUNK_HEADER)
		chunk->len = *size - CHUNK_HEADER;
	*data += CHUNK_HEADER + chunk->len;
	*size -= CHUNK_HEADER + chunk->len;
	return true;
}

void
promise_broken(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, condition);
	abort();
}

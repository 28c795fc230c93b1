/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Owned bytes that are cleared before they are freed, because they may be personal data. */
#ifndef TOOLS_BUFFER_H
#define TOOLS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	uint8_t *data;
	size_t len;
};

/* Allocates LEN zero bytes. False without memory; BUFFER is then empty. */
bool buffer_alloc(struct buffer *buffer, size_t len);

/* Copies LEN bytes. False without memory; BUFFER is then empty. */
bool buffer_copy(struct buffer *buffer, const void *data, size_t len);

/* Clears and frees the bytes. BUFFER is then empty. */
void buffer_free(struct buffer *buffer);

#endif

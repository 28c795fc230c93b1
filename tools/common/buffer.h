/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes with their length, cleared before they are freed: nearly all that this program holds is personal. */
#ifndef TOOLS_BUFFER_H
#define TOOLS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	uint8_t *data;
	size_t len;
};

/* BUFFER gets LEN zero bytes. False if there is no memory; the buffer is empty then. */
bool buffer_alloc(struct buffer *buffer, size_t len);

/* BUFFER gets a copy of LEN bytes. False if there is no memory; the buffer is empty then. */
bool buffer_copy(struct buffer *buffer, const void *data, size_t len);

/* Clears and frees; BUFFER is empty afterwards. */
void buffer_free(struct buffer *buffer);

#endif

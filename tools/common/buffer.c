/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

bool
buffer_alloc(struct buffer *buffer, size_t len)
{
	buffer->data = calloc(len > 0 ? len : 1, 1);
	buffer->len = buffer->data == NULL ? 0 : len;
	return buffer->data != NULL;
}

bool
buffer_copy(struct buffer *buffer, const void *data, size_t len)
{
	if (!buffer_alloc(buffer, len))
		return false;
	memcpy(buffer->data, data, len);
	return true;
}

void
buffer_free(struct buffer *buffer)
{
	if (buffer->data != NULL)
		explicit_bzero(buffer->data, buffer->len);
	free(buffer->data);
	*buffer = (struct buffer){0};
}

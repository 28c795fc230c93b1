/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bytes.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
bytes_add(struct bytes *bytes, const void *data, size_t len)
{
	uint8_t *grown = realloc(bytes->data, bytes->len + len + 1);

	if (grown == NULL)
		abort();
	bytes->data = grown;
	if (len > 0)
		memcpy(bytes->data + bytes->len, data, len);
	bytes->len += len;
}

void
bytes_fill(struct bytes *bytes, uint8_t value, size_t count)
{
	for (; count > 0; count--)
		bytes_add(bytes, &value, 1);
}

void
bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){0};
}

void
bytes_tlv(struct bytes *bytes, unsigned tag, const void *value, size_t len, bool long_form)
{
	uint8_t header[6];
	size_t n = 0;

	if (tag > 0xFF)
		header[n++] = (uint8_t)(tag >> 8);
	header[n++] = (uint8_t)tag;
	if (len > 0xFF || long_form) {
		header[n++] = 0x82;
		header[n++] = (uint8_t)(len >> 8);
	} else if (len > 0x7F) {
		header[n++] = 0x81;
	}
	header[n++] = (uint8_t)len;
	bytes_add(bytes, header, n);
	bytes_add(bytes, value, len);
}

static FILE *
open_in(const char *dir, const char *name, const char *mode)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		return NULL;
	return fopen(path, mode);
}

struct bytes
bytes_read_file(const char *dir, const char *name)
{
	struct bytes bytes = {0};
	FILE *file = open_in(dir, name, "rb");
	char chunk[4096];
	size_t n;

	if (file == NULL)
		return bytes;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		bytes_add(&bytes, chunk, n);
	fclose(file);
	return bytes;
}

int
bytes_write_file(const char *dir, const char *name, const void *data, size_t len)
{
	FILE *file = open_in(dir, name, "wb");
	bool good = file != NULL && fwrite(data, 1, len, file) == len;

	if (file != NULL && fclose(file) != 0)
		good = false;
	if (!good)
		fprintf(stderr, "virtual card: %s/%s cannot be written\n", dir, name);
	return good ? 0 : -1;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A buffer that grows, and functions that write TLV objects into it. If memory runs out, the program ends, because this is a
 * test tool. */
#ifndef VIRTUAL_CARD_BYTES_H
#define VIRTUAL_CARD_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	uint8_t *data;
	size_t len;
};

void bytes_add(struct bytes *bytes, const void *data, size_t len);
void bytes_fill(struct bytes *bytes, uint8_t value, size_t count);
void bytes_free(struct bytes *bytes);

/* Appends an object: TAG (one or two bytes), length, value. With LONG_FORM the length is always written as 82 hh ll, as some
 * real cards do ("40 82 00 9F", docs/card.md). */
void bytes_tlv(struct bytes *bytes, unsigned tag, const void *value, size_t len, bool long_form);

/* Reads a whole file. On failure the data is NULL and errno is set. */
struct bytes bytes_read_file(const char *dir, const char *name);

/* Writes a whole file. Returns 0, or -1 with a message on stderr. */
int bytes_write_file(const char *dir, const char *name, const void *data, size_t len);

#endif

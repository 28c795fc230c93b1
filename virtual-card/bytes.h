/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A growing buffer and the writing of TLV objects. Running out of memory ends the program: this is a test tool. */
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

/* Appends an object: TAG (one or two bytes), length, value. LONG_FORM writes 82 hh ll whatever the length, as some real
 * cards do ("40 82 00 9F", docs/card.md). */
void bytes_tlv(struct bytes *bytes, unsigned tag, const void *value, size_t len, bool long_form);

/* Reads a whole file, or NULL data with errno set. */
struct bytes bytes_read_file(const char *dir, const char *name);

/* Writes a whole file. 0, or -1 with a message on stderr. */
int bytes_write_file(const char *dir, const char *name, const void *data, size_t len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Owned bytes that are cleared before they are freed: nearly all that comes from the card is personal. */
#ifndef MYNUMBER_SECRET_H
#define MYNUMBER_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Empty if all its bytes are 0. DATA is not NULL once bytes were copied, even none. */
struct secret {
	uint8_t *data;
	size_t len;
};

/* Makes SECRET, which must be empty, a copy of LEN bytes. False without memory: it stays empty. */
bool secret_copy(struct secret *secret, const void *data, size_t len);

/* Appends LEN bytes. False without memory: nothing has changed. */
bool secret_append(struct secret *secret, const void *data, size_t len);

/* Keeps the first LEN bytes and clears the others. */
void secret_cut(struct secret *secret, size_t len);

/* Clears and frees: SECRET is empty afterwards. */
void secret_clear(struct secret *secret);

#endif

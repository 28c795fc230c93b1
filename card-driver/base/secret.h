/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Owned bytes that are cleared before they are freed, because nearly all data from the card are personal. */
#ifndef MYNUMBER_SECRET_H
#define MYNUMBER_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A secret whose members are all 0 is empty. DATA is not NULL after bytes were copied, even if their number was 0. */
struct secret {
	uint8_t *data;
	size_t len;
};

/* Allocates LEN zero bytes for SECRET, which must be empty. Returns false if memory allocation fails; SECRET stays empty
 * then. */
bool secret_alloc(struct secret *secret, size_t len);

/* Copies LEN bytes to SECRET, which must be empty. Returns false if memory allocation fails; SECRET stays empty then. */
bool secret_copy(struct secret *secret, const void *data, size_t len);

/* Appends LEN bytes. Returns false if memory allocation fails; SECRET is unchanged then. */
bool secret_append(struct secret *secret, const void *data, size_t len);

/* Shortens SECRET to its first LEN bytes and clears the others. */
void secret_cut(struct secret *secret, size_t len);

/* Clears and frees the bytes. SECRET is empty afterwards. */
void secret_clear(struct secret *secret);

#endif

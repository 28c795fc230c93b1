/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "secret.h"

#include <stdlib.h>
#include <string.h>

bool
secret_alloc(struct secret *secret, size_t len)
{
	secret->data = calloc(len > 0 ? len : 1, 1);
	secret->len = secret->data == NULL ? 0 : len;
	return secret->data != NULL;
}

bool
secret_copy(struct secret *secret, const void *data, size_t len)
{
	*secret = (struct secret){0};
	return secret_append(secret, data, len);
}

/* Does not use realloc(), because it may leave a copy of the bytes in freed memory. */
bool
secret_append(struct secret *secret, const void *data, size_t len)
{
	struct secret grown = {malloc(secret->len + len > 0 ? secret->len + len : 1), secret->len + len};

	if (grown.data == NULL)
		return false;
	if (secret->len > 0)
		memcpy(grown.data, secret->data, secret->len);
	if (len > 0)
		memcpy(grown.data + secret->len, data, len);
	secret_clear(secret);
	*secret = grown;
	return true;
}

void
secret_cut(struct secret *secret, size_t len)
{
	explicit_bzero(secret->data + len, secret->len - len);
	secret->len = len;
}

void
secret_clear(struct secret *secret)
{
	if (secret->data != NULL)
		explicit_bzero(secret->data, secret->len);
	free(secret->data);
	*secret = (struct secret){0};
}

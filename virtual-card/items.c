/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "items.h"

#include <stdlib.h>
#include <string.h>

void
vc_item_add(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, struct bytes bytes, EVP_PKEY *key)
{
	struct vc_item *grown = realloc(content->items, (content->count + 1) * sizeof(content->items[0]));

	if (grown == NULL)
		abort();
	content->items = grown;
	content->items[content->count++] = (struct vc_item){app, id, kind, bytes.data, bytes.len, key};
}

void
vc_item_add_text(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, const char *text)
{
	struct bytes bytes = {0};

	bytes_add(&bytes, text, strlen(text));
	vc_item_add(content, app, id, kind, bytes, NULL);
}

void
vc_item_add_key(struct vc_content *content, enum vc_app app, uint16_t id, EVP_PKEY *key)
{
	vc_item_add(content, app, id, VC_KEY, (struct bytes){0}, key);
}

void
vc_item_add_padded(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t spare)
{
	bytes_fill(&bytes, padding, spare);
	vc_item_add(content, app, id, VC_EF, bytes, NULL);
}

void
vc_item_add_filled(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t size)
{
	vc_item_add_padded(content, app, id, bytes, padding, bytes.len < size ? size - bytes.len : 0);
}

void
vc_content_free(struct vc_content *content)
{
	size_t i;

	for (i = 0; i < content->count; i++) {
		free(content->items[i].data);
		EVP_PKEY_free(content->items[i].key);
	}
	free(content->items);
	*content = (struct vc_content){0};
}

const struct vc_item *
vc_content_find(const struct vc_content *content, enum vc_app app, uint16_t id)
{
	size_t i;

	for (i = 0; i < content->count; i++)
		if (content->items[i].app == app && content->items[i].id == id)
			return &content->items[i];
	return NULL;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "changes.h"

#include <stdlib.h>

static struct vc_item *
find(struct vc_content *content, const struct vc_changed_file *file)
{
	size_t i;

	for (i = 0; i < content->count; i++)
		if (content->items[i].app == file->app && content->items[i].id == file->id)
			return &content->items[i];
	return NULL;
}

static void
drop(struct vc_content *content, struct vc_item *item)
{
	struct vc_item *last = &content->items[--content->count];

	free(item->data);
	EVP_PKEY_free(item->key);
	*item = *last;
	*last = (struct vc_item){0};
}

/* The length of a file without the 00 that fills it up. */
static size_t
content_len(const struct vc_item *item)
{
	size_t len = item->len;

	while (len > 0 && item->data[len - 1] == 0x00)
		len--;
	return len;
}

/* The other card gets this card's bytes in exchange, and frees them later. */
static void
exchange(struct vc_item *item, struct vc_item *other)
{
	struct vc_item copy = *item;

	*item = *other;
	*other = copy;
}

static void
change(struct vc_content *content, struct vc_content *other, const struct vc_changed_file *file)
{
	struct vc_item *item = find(content, file), *others = find(other, file);

	if (item == NULL)
		return;
	if (file->change == VC_DROP)
		drop(content, item);
	else if (file->change == VC_CUT)
		item->len = content_len(item) / 2;
	else if (others != NULL)
		exchange(item, others);
}

void
changes_make(struct vc_content *content, struct vc_content *other, const struct vc_variant *variant)
{
	size_t i;

	for (i = 0; i < variant->changes_count; i++)
		change(content, other, &variant->changes[i]);
}

bool
changes_need_other(const struct vc_variant *variant)
{
	size_t i;

	for (i = 0; i < variant->changes_count; i++)
		if (variant->changes[i].change == VC_OTHER)
			return true;
	return false;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "loaded.h"

#include <stdlib.h>

struct loaded_file *
loaded_entry(struct loaded_file **list, const struct card_file *file)
{
	struct loaded_file *loaded;

	for (loaded = *list; loaded != NULL; loaded = loaded->next)
		if (loaded->file == file)
			return loaded;
	loaded = calloc(1, sizeof(*loaded));
	if (loaded == NULL)
		return NULL;
	loaded->file = file;
	loaded->next = *list;
	*list = loaded;
	return loaded;
}

void
loaded_drop(struct loaded_file **link)
{
	struct loaded_file *loaded = *link;

	*link = loaded->next;
	secret_clear(&loaded->content);
	secret_clear(&loaded->copy);
	EVP_PKEY_free(loaded->key);
	free(loaded);
}

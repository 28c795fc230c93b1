/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "loaded.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/base/compat.h"

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

int
loaded_append(struct loaded_file *loaded, const uint8_t *data, size_t len)
{
	uint8_t *grown = malloc(loaded->have + len);

	if (grown == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (loaded->data != NULL) {
		memcpy(grown, loaded->data, loaded->have);
		sc_mem_clear(loaded->data, loaded->have);
		free(loaded->data);
	}
	memcpy(grown + loaded->have, data, len);
	loaded->data = grown;
	loaded->have += len;
	return SC_SUCCESS;
}

void
loaded_drop(struct loaded_file **link)
{
	struct loaded_file *loaded = *link;

	*link = loaded->next;
	if (loaded->data != NULL)
		sc_mem_clear(loaded->data, loaded->have);
	free(loaded->data);
	free(loaded);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "key-list.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/base/tell.h"
#include "key-file.h"

int
key_list_add(struct key_list *list, const char *line)
{
	char id_hex[2 * KEY_ID_MAX + 1], modulus_hex[2 * KEY_MODULUS_LEN + 1], rest;
	size_t id_len = list->id_len, modulus_len = KEY_MODULUS_LEN;
	struct listed_key *key;

	if (list->count >= list->room || sscanf(line, "%64s %512s %c", id_hex, modulus_hex, &rest) != 2 || strlen(id_hex) != 2 * list->id_len ||
			strlen(modulus_hex) != 2 * KEY_MODULUS_LEN)
		return -1;
	key = &list->keys[list->count];
	if (sc_hex_to_bin(id_hex, key->id, &id_len) < 0 || sc_hex_to_bin(modulus_hex, key->modulus, &modulus_len) < 0)
		return -1;
	if (id_len != list->id_len || modulus_len != KEY_MODULUS_LEN)
		return -1;
	list->count++;
	return 0;
}

static bool
is_comment_line(const char *line)
{
	while (isspace((unsigned char)*line))
		line++;
	return *line == '#' || *line == '\0';
}

/* Adds the keys in the text of a file. Splits TEXT into lines in place. */
static void
add_key_lines(const sc_context_t *ctx, const struct key_list_form *form, const char *path, struct key_list *list, char *text, size_t len)
{
	char *line, *next, *end = text + len;
	unsigned number = 1;
	bool whole;

	for (line = text; line < end; line = next, number++) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next == NULL ? end : next;
		*next = '\0';
		whole = strlen(line) == (size_t)(next - line); /* the line contains no NUL */
		if ((!whole || key_list_add(list, line) < 0) && (!whole || !is_comment_line(line)))
			tell_user(ctx, "%s: %s, line %u: not a key id of %zu and a modulus of %d bytes in hexadecimal", form->setting, path, number,
					form->id_len, KEY_MODULUS_LEN);
		next++;
	}
}

int
key_list_load(const sc_context_t *ctx, const struct key_list_form *form, const char *path, struct key_list **out)
{
	size_t line_min = 2 * form->id_len + 1 + 2 * KEY_MODULUS_LEN, len = 0, room;
	struct key_list *list = NULL;
	char *text = NULL;

	if (path == NULL || key_file_read(ctx, form->setting, path, &text, &len) != SC_ERROR_OUT_OF_MEMORY) {
		room = form->built_in + len / line_min + 1;
		list = calloc(1, sizeof(*list) + room * sizeof(list->keys[0]));
	}
	if (list != NULL) {
		list->id_len = form->id_len;
		list->room = room;
	}
	if (list != NULL && text != NULL)
		add_key_lines(ctx, form, path, list, text, len);
	free(text);
	*out = list;
	return list == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json-value.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/base/secret.h"
#include "text.h"

#define INDENT	    2
#define BUFFER_SIZE 1024

/* A byte of malformed text becomes U+FFFD, which has three bytes. */
#define TEXT_GROWTH 3

/* The size of LEN bytes in base 64. */
#define BASE64_SIZE(len) (((len) + 2) / 3 * 4)

static void
clear_and_free(void *memory)
{
	if (memory != NULL)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

void
json_value_clear_freed_memory(void)
{
	json_set_alloc_funcs(malloc, clear_and_free);
}

json_t *
json_value_add(json_t *object, const char *key, json_t *value)
{
	if (object != NULL && json_object_set_new(object, key, value) == 0)
		return object;
	if (object == NULL)
		json_decref(value);
	json_decref(object);
	return NULL;
}

json_t *
json_value_append(json_t *array, json_t *value)
{
	if (array != NULL && json_array_append_new(array, value) == 0)
		return array;
	if (array == NULL)
		json_decref(value);
	json_decref(array);
	return NULL;
}

/* Writes DATA to OUT. */
typedef void (*string_writer)(FILE *out, const void *data, size_t len);

/* Returns what WRITER writes, which is at most MAX bytes. */
static json_t *
written_string(string_writer writer, const void *data, size_t len, size_t max)
{
	struct secret string = {0};
	char buffer[BUFFER_SIZE];
	json_t *json = NULL;
	FILE *out = NULL;
	long used;

	if (secret_alloc(&string, max + 1)) /* fmemopen() ends the text with a NUL byte */
		out = fmemopen(string.data, string.len, "w");
	if (out != NULL) {
		setvbuf(out, buffer, _IOFBF, sizeof(buffer));
		writer(out, data, len);
		used = ftell(out);
		if (fclose(out) == 0 && used >= 0)
			json = json_stringn((const char *)string.data, (size_t)used);
		explicit_bzero(buffer, sizeof(buffer));
	}
	secret_clear(&string);
	return json;
}

static void
write_plain_text(FILE *out, const void *data, size_t len)
{
	text_write(out, data, len, TEXT_PLAIN);
}

json_t *
json_value_text(const void *text, size_t len)
{
	return written_string(write_plain_text, text, len, TEXT_GROWTH * len);
}

static void
write_base64(FILE *out, const void *data, size_t len)
{
	text_base64(out, data, len);
}

json_t *
json_value_base64(const uint8_t *data, size_t len)
{
	return written_string(write_base64, data, len, BASE64_SIZE(len));
}

json_t *
json_value_words(const struct words *words, enum language language)
{
	json_t *object = json_object();

	if (language != LANGUAGE_EN)
		object = json_value_add(object, "ja", json_value_text(words->ja, strlen(words->ja)));
	if (language != LANGUAGE_JA)
		object = json_value_add(object, "en", json_value_text(words->en, strlen(words->en)));
	return object;
}

/* Makes the whole text first, so that a part of it is not taken for the whole if memory runs out. */
bool
json_value_write(FILE *out, json_t *root)
{
	char *text = root == NULL ? NULL : json_dumps(root, JSON_INDENT(INDENT));
	bool good = text != NULL && fprintf(out, "%s\n", text) >= 0;

	clear_and_free(text);
	json_decref(root);
	return good;
}

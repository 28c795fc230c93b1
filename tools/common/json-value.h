/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds JSON text from values of the card. A function that returns NULL has run out of memory; NULL may be passed on, so that only
 * json_value_write() needs to be checked. */
#ifndef TOOLS_JSON_VALUE_H
#define TOOLS_JSON_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "words.h"

/* Lets the library clear memory before it is freed, because the values are personal. Call it before all other functions. */
void json_value_clear_freed_memory(void);

/* Add VALUE, which belongs to the result afterwards. Return OBJECT or ARRAY, or NULL if one of the two is NULL; the other is then freed. */
json_t *json_value_add(json_t *object, const char *key, json_t *value);
json_t *json_value_append(json_t *array, json_t *value);

/* Returns a string of TEXT with the characters that text_write() writes. */
json_t *json_value_text(const void *text, size_t len);

/* Returns a string of DATA in base 64. */
json_t *json_value_base64(const uint8_t *data, size_t len);

/* Returns an object with the keys ja and en, or the one of LANGUAGE. */
json_t *json_value_words(const struct words *words, enum language language);

/* Writes ROOT and a newline, and frees ROOT. False if ROOT is NULL or cannot be written. */
bool json_value_write(FILE *out, json_t *root);

#endif

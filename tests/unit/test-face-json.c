/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the JSON text of the card face viewer with values from a forged card, and when memory runs out. */
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "tools/card-face/json.h"
#include "tools/card-face/licence.h"
#include "tools/common/json-value.h"

#define COUNT_OF(array)	    (sizeof(array) / sizeof((array)[0]))
#define REPLACED	    "\xEF\xBF\xBD"
#define ALLOCATIONS_MAX	    2000
#define ALLOCATIONS_LEAST   100
#define ALLOCATIONS_ENDLESS (-1)

/* How many allocations of the library still succeed. */
static long allocations_left = ALLOCATIONS_ENDLESS;

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's option --wrap requires these names */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *
__wrap_malloc(size_t size)
{
	if (allocations_left == 0)
		return NULL;
	if (allocations_left > 0)
		allocations_left--;
	return __real_malloc(size);
}
/* NOLINTEND(bugprone-reserved-identifier) */

static void
put(struct secret *item, const void *data, size_t len)
{
	assert_true(secret_copy(item, data, len));
}

static void
put_text(struct secret *item, const char *text)
{
	put(item, text, strlen(text));
}

/* Text of the card becomes the characters that the page shows, whatever its bytes are. */
static void
text_is_harmless(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *string;
	} cases[] = {
			{"", 0, ""},
			{"a\"\\/<b>", 7, "a\"\\/<b>"},
			{"\0\n\x1B", 3, REPLACED REPLACED REPLACED},
			{"\xFF\xFE\xE7\x95", 4, REPLACED REPLACED REPLACED REPLACED},
			{"\xE7\x95\xAA", 3, "\xE7\x95\xAA"},
			{"a\xC2\xAD", 3, "a" REPLACED},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		json_t *json = json_value_text(cases[i].bytes, cases[i].len);

		assert_string_equal(json_string_value(json), cases[i].string);
		assert_int_equal(json_string_length(json), strlen(cases[i].string));
		json_decref(json);
	}
}

static void
base64_has_its_padding(void **state)
{
	static const char *const cases[][2] = {{"", ""}, {"f", "Zg=="}, {"12", "MTI="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
	uint8_t long_data[5000] = {0};
	json_t *json;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		json = json_value_base64((const uint8_t *)cases[i][0], strlen(cases[i][0]));
		assert_string_equal(json_string_value(json), cases[i][1]);
		json_decref(json);
	}
	json = json_value_base64(long_data, sizeof(long_data));
	assert_int_equal(json_string_length(json), (sizeof(long_data) + 2) / 3 * 4);
	json_decref(json);
}

static void
words_are_of_the_language(void **state)
{
	static const struct words words = {"名", "name"};
	static const size_t sizes[] = {[LANGUAGE_BOTH] = 2, [LANGUAGE_JA] = 1, [LANGUAGE_EN] = 1};
	int language;

	(void)state;
	for (language = LANGUAGE_BOTH; language <= LANGUAGE_EN; language++) {
		json_t *json = json_value_words(&words, language);

		assert_int_equal(json_object_size(json), sizes[language]);
		assert_int_equal(json_object_get(json, "ja") != NULL, language != LANGUAGE_EN);
		assert_int_equal(json_object_get(json, "en") != NULL, language != LANGUAGE_JA);
		json_decref(json);
	}
}

static void
nothing_is_passed_on(void **state)
{
	(void)state;
	assert_null(json_value_add(NULL, "key", json_string("value")));
	assert_null(json_value_add(json_object(), "key", NULL));
	assert_null(json_value_append(NULL, json_string("value")));
	assert_null(json_value_append(json_array(), NULL));
	assert_false(json_value_write(stdout, NULL));
}

/* A face and a licence with each kind of value but pictures, which need other memory. */
static void
fill(struct face *face, struct licence *licence)
{
	put_text(&face->items[FACE_REPORT], "ok: card face: x\nunknown: other\n");
	put_text(&face->items[FACE_NAME], "番号　花子");
	put_text(&face->items[FACE_BIRTH], "19890000");
	put_text(&face->items[FACE_EXPIRY], "20350703");
	put_text(&face->items[FACE_SEX], "2");
	face->refused[FACE_PHOTO] = true;
	put_text(&licence->items[LICENCE_NUMBER], "990912345670");
	put_text(&licence->items[LICENCE_COLOUR], "優良");
	put_text(&licence->items[LICENCE_DATES], "他 20160520\n二種 none");
	put_text(&licence->items[LICENCE_CLASSES], "普通\n原付");
	put_text(&licence->items[LICENCE_HISTORY], "990998765432\n20250401");
	licence->given[LICENCE_DATES] = licence->given[LICENCE_CLASSES] = true;
	face->licence = licence;
}

static bool
write_to_memory(const struct face *face, char **text, long allocations)
{
	size_t len = 0;
	FILE *out = open_memstream(text, &len);
	bool good;

	assert_non_null(out);
	allocations_left = allocations;
	good = face_json_write(out, face, LANGUAGE_BOTH);
	allocations_left = ALLOCATIONS_ENDLESS;
	assert_int_equal(fclose(out), 0);
	return good;
}

/* Whichever allocation fails, no text is written that a program might take for the whole. */
static void
half_a_text_is_never_written(void **state)
{
	struct face face = {0};
	struct licence licence = {0};
	long allocations;
	char *text = NULL;

	(void)state;
	fill(&face, &licence);
	for (allocations = 0; allocations < ALLOCATIONS_MAX; allocations++) {
		if (write_to_memory(&face, &text, allocations))
			break;
		assert_string_equal(text, "");
		free(text);
	}
	assert_in_range(allocations, ALLOCATIONS_LEAST, ALLOCATIONS_MAX - 1);
	assert_non_null(strstr(text, "\"history_date\": {\n        \"value\": \"2025-04-01\""));
	assert_non_null(strstr(text, "\"value\": \"1989\""));
	free(text);
	face_free(&face);
	licence_free(&licence);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
			cmocka_unit_test(text_is_harmless),
			cmocka_unit_test(base64_has_its_padding),
			cmocka_unit_test(words_are_of_the_language),
			cmocka_unit_test(nothing_is_passed_on),
			cmocka_unit_test(half_a_text_is_never_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

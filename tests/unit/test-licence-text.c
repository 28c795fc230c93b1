/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the conversion of the licence record's dates and text. */
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/card/jis-text.h"
#include "card-driver/card/licence-date.h"
#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(text)	 (text), sizeof(text) - 1

static const struct {
	const char *value;
	enum licence_date kind;
	const char *text;
} dates[] = {
		{"5310312", LICENCE_DATE, "20490312"},
		{"4270401", LICENCE_DATE, "20150401"},
		{"4330229", LICENCE_BAD_DATE, ""},
		{"5060229", LICENCE_DATE, "20240229"},
		{"5070229", LICENCE_BAD_DATE, ""},
		{"3640107", LICENCE_DATE, "19890107"},
		{"2010730", LICENCE_DATE, "19120730"},
		{"1450729", LICENCE_DATE, "19120729"},
		{"1330228", LICENCE_DATE, "19000228"},
		{"1330229", LICENCE_BAD_DATE, ""},
		{"", LICENCE_NO_DATE, ""},
		{"5000000", LICENCE_NO_DATE, ""},
		{"0000000", LICENCE_NO_DATE, ""},
		{"6000000", LICENCE_BAD_DATE, ""},
		{"6010101", LICENCE_BAD_DATE, ""},
		{"0010101", LICENCE_BAD_DATE, ""},
		{"5000101", LICENCE_BAD_DATE, ""},
		{"5010001", LICENCE_BAD_DATE, ""},
		{"5011301", LICENCE_BAD_DATE, ""},
		{"5010100", LICENCE_BAD_DATE, ""},
		{"5010132", LICENCE_BAD_DATE, ""},
		{"501013", LICENCE_BAD_DATE, ""},
		{"50101301", LICENCE_BAD_DATE, ""},
		{"50101 1", LICENCE_BAD_DATE, ""},
};

static void
dates_of_every_era_are_converted(void **state)
{
	char text[LICENCE_DATE_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(dates); i++) {
		uint8_t *value = exact_copy(dates[i].value, strlen(dates[i].value));

		assert_int_equal(licence_date_convert(value, strlen(dates[i].value), text), dates[i].kind);
		assert_string_equal(text, dates[i].text);
		free(value);
	}
}

static const struct {
	const char *bytes;
	size_t size;
	const char *text;
} texts[] = {
		{BYTES("M%NI"), "優良"},
		{BYTES("?7\x35,"), "新規"},
		{BYTES("\x24\x3D\x24\x4E\x42\x3E"), "その他"},
		{BYTES("\x49\x61\x44\x4C\x3C\x56\x24\x4F\x23\x41\x23\x54\x3C\x56\x24\x4B\x38\x42\x24\x6B"), "普通車はＡＴ車に限る"},
		{BYTES("M%NI\x00\x00\x00\x00"), "優良"},
		{BYTES("M%NI!!!!\x00\x00"), "優良"},
		{BYTES("M%!!NI"), "優　良"},
		{BYTES(""), ""},
		{BYTES("!!"), ""},
		{BYTES("\xFF\xF1NI\xFF\xF7\xFF\xFA"), "※1良※7※欠"},
		{BYTES("\xFF\xF0\xFF\xF8"), "※[FFF0]※[FFF8]"},
		{BYTES("\x2D\x21NI"), "※[2D21]良"}, /* row 13 is not assigned */
		{BYTES("\x75\x21\x7E\x7E"), "※[7521]※[7E7E]"},
		{BYTES("AA\x00\x41"), "疏※[0041]"},
		{BYTES("\x7F\x21\x21\x20"), "※[7F21]※[2120]"},
		{BYTES("\xCD\x25\x4E\xC9"), "※[CD25]※[4EC9]"},
};

static void
unknown_characters_are_marked_and_not_lost(void **state)
{
	char text[JIS_TEXT_MAX(80)];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(texts); i++) {
		uint8_t *bytes = exact_copy(texts[i].bytes, texts[i].size);

		assert_int_equal(jis_text_convert(bytes, texts[i].size, text, sizeof(text)), JIS_CONVERTED);
		assert_string_equal(text, texts[i].text);
		free(bytes);
	}
}

static void
malformed_text_is_refused(void **state)
{
	uint8_t whole[80];
	char text[JIS_TEXT_MAX(80)];

	(void)state;
	memset(whole, 0x7E, sizeof(whole));
	assert_int_equal(jis_text_convert(whole, 3, text, sizeof(text)), JIS_MALFORMED);
	assert_int_equal(jis_text_convert(whole, sizeof(whole), text, sizeof(text)), JIS_CONVERTED);
	assert_int_equal(strlen(text), sizeof(text) - 1);
	assert_int_equal(jis_text_convert(whole, sizeof(whole), text, sizeof(text) - 1), JIS_MALFORMED);
	assert_int_equal(jis_text_convert(whole, 2, text, 0), JIS_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(dates_of_every_era_are_converted),
			cmocka_unit_test(unknown_characters_are_marked_and_not_lost),
			cmocka_unit_test(malformed_text_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests how the card face viewer shows text and dates from the card. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "tools/common/date.h"
#include "tools/card-face/holder.h"
#include "tools/common/text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define NO_CHARACTER	"\xEF\xBF\xBD"

/* Passes LEN bytes to text_write() in a buffer of exactly that size and returns its output. The caller frees it. */
static char *
written(const char *bytes, size_t len, enum text_form form)
{
	char *exact = malloc(len > 0 ? len : 1), *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(exact);
	assert_non_null(out);
	memcpy(exact, bytes, len);
	text_write(out, exact, len, form);
	fclose(out);
	free(exact);
	return text;
}

struct text_case {
	const char *bytes;
	size_t len;
	const char *html, *plain;
};

#define BYTES(text) (text), sizeof(text) - 1

static const struct text_case text_cases[] = {
		{BYTES(""), "", ""},
		{BYTES("黒桐　幹也"), "黒桐　幹也", "黒桐　幹也"},
		{BYTES("\xF0\xA0\xAE\xB7野屋"), "\xF0\xA0\xAE\xB7野屋", "\xF0\xA0\xAE\xB7野屋"},
		{BYTES("<script>\"&'"), "&lt;script&gt;&quot;&amp;&#39;", "<script>\"&'"},
		{BYTES("a\0b"), "a" NO_CHARACTER "b", "a" NO_CHARACTER "b"},
		{BYTES("a\nb"), "a" NO_CHARACTER "b", "a" NO_CHARACTER "b"},
		{BYTES("\x1B[2J"), NO_CHARACTER "[2J", NO_CHARACTER "[2J"},		   /* an escape sequence for terminals */
		{BYTES("\xC2\x9B"), NO_CHARACTER, NO_CHARACTER},			   /* the same in its C1 form */
		{BYTES("\xE2\x80\xAE"), NO_CHARACTER, NO_CHARACTER},			   /* NOLINT(misc-misleading-bidirectional): this character is under test */
		{BYTES("\xFF"), NO_CHARACTER, NO_CHARACTER},				   /* not UTF-8 */
		{BYTES("\x80"), NO_CHARACTER, NO_CHARACTER},				   /* a continuation byte alone */
		{BYTES("\xE9\xBB"), NO_CHARACTER NO_CHARACTER, NO_CHARACTER NO_CHARACTER}, /* a truncated character */
		{BYTES("\xC0\xBC"), NO_CHARACTER NO_CHARACTER, NO_CHARACTER NO_CHARACTER}, /* overlong '<' */
		{BYTES("\xE0\x80\xBC"), NO_CHARACTER NO_CHARACTER NO_CHARACTER, NO_CHARACTER NO_CHARACTER NO_CHARACTER},
		{BYTES("\xED\xA0\x80"), NO_CHARACTER, NO_CHARACTER},		  /* a surrogate */
		{BYTES("\xF4\x90\x80\x80"), NO_CHARACTER, NO_CHARACTER},	  /* beyond U+10FFFF */
		{BYTES("\xE9<b>"), NO_CHARACTER "&lt;b&gt;", NO_CHARACTER "<b>"}, /* markup behind a truncated character */
};

static void
text_is_harmless(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(text_cases); i++) {
		char *html = written(text_cases[i].bytes, text_cases[i].len, TEXT_HTML);
		char *plain = written(text_cases[i].bytes, text_cases[i].len, TEXT_PLAIN);

		assert_string_equal(html, text_cases[i].html);
		assert_string_equal(plain, text_cases[i].plain);
		free(html);
		free(plain);
	}
}

static char *
written_character(unsigned long character)
{
	const char bytes[] = {(char)(0xF0 | character >> 18), (char)(0x80 | (character >> 12 & 0x3F)), (char)(0x80 | (character >> 6 & 0x3F)), (char)(0x80 | (character & 0x3F))};
	const char three[] = {(char)(0xE0 | character >> 12), bytes[2], bytes[3]}, two[] = {(char)(0xC0 | character >> 6), bytes[3]};

	if (character < 0x800)
		return written(two, sizeof(two), TEXT_PLAIN);
	return character < 0x10000 ? written(three, sizeof(three), TEXT_PLAIN) : written(bytes, sizeof(bytes), TEXT_PLAIN);
}

/* Tests characters that are invisible or that reorder the text, from each block of Unicode that has some, and the visible
 * characters next to them. */
static void
invisible_characters_are_shown(void **state)
{
	static const unsigned long invisible[] = {0xAD, 0x34F, 0x600, 0x605, 0x61C, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C,
			0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2064, 0x2065, 0x2066, 0x2069, 0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB,
			0x110BD, 0x110CD, 0x13430, 0x1BCA0, 0x1D173, 0xE0001, 0xE0020, 0xE007F};
	/* letters, signs in Japanese addresses, and variation selectors of kanji */
	static const unsigned long visible[] = {0xA1, 0xAC, 0xAE, 0x61B, 0x2010, 0x2015, 0x2212, 0x3000, 0x3005, 0x309A, 0x30FC, 0xFE00, 0xFE0F, 0xFF0D, 0xE0100, 0xE01EF};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(invisible) + COUNT_OF(visible); i++) {
		bool hidden = i < COUNT_OF(invisible);
		unsigned long character = hidden ? invisible[i] : visible[i - COUNT_OF(invisible)];
		char *text = written_character(character);

		if ((strcmp(text, NO_CHARACTER) == 0) != hidden)
			fail_msg("U+%04lX is written as '%s'", character, text);
		free(text);
	}
}

static void
base64_has_no_breaks(void **state)
{
	uint8_t data[100];
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	memset(data, 0xFB, sizeof(data));
	assert_non_null(out);
	text_base64(out, data, sizeof(data));
	fclose(out);
	assert_int_equal(size, 136);
	assert_memory_equal(text, "+/v7", 4);
	assert_null(strchr(text, '\n'));
	assert_string_equal(text + 132, "+w==");
	free(text);
}

struct date_case {
	const char *text, *ja, *en;
};

/* Tests the last day of each era and the first day of the next. */
static const struct date_case date_cases[] = {
		{"19800217", "1980年2月17日（昭和55年）", "17 February 1980 (Showa 55)"},
		{"20190501", "2019年5月1日（令和元年）", "1 May 2019 (Reiwa 1)"},
		{"20190430", "2019年4月30日（平成31年）", "30 April 2019 (Heisei 31)"},
		{"19890108", "1989年1月8日（平成元年）", "8 January 1989 (Heisei 1)"},
		{"19890107", "1989年1月7日（昭和64年）", "7 January 1989 (Showa 64)"},
		{"19261225", "1926年12月25日（昭和元年）", "25 December 1926 (Showa 1)"},
		{"19261224", "1926年12月24日（大正15年）", "24 December 1926 (Taisho 15)"},
		{"19120730", "1912年7月30日（大正元年）", "30 July 1912 (Taisho 1)"},
		{"19120729", "1912年7月29日（明治45年）", "29 July 1912 (Meiji 45)"},
		{"18680101", "1868年1月1日", "1 January 1868"},
		{"20240229", "2024年2月29日（令和6年）", "29 February 2024 (Reiwa 6)"},
		{"20350703", "2035年7月3日（令和17年）", "3 July 2035 (Reiwa 17)"},
};

static void
dates_carry_their_era(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(date_cases); i++) {
		struct date date;
		char ja[64], en[64];

		assert_true(date_parse((const uint8_t *)date_cases[i].text, 8, &date));
		date_in_japanese(&date, ja, sizeof(ja));
		date_in_english(&date, en, sizeof(en));
		assert_string_equal(ja, date_cases[i].ja);
		assert_string_equal(en, date_cases[i].en);
	}
}

static void
no_date_is_refused(void **state)
{
	static const char *const texts[] = {"", "1980021", "198002170", "1980-2-1", "19801301", "19800001", "19800230", "20230229",
			"19000229", "00000101", "20240132", "2024010\xB2"};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(texts); i++) {
		struct date date;

		assert_false(date_parse((const uint8_t *)texts[i], strlen(texts[i]), &date));
	}
}

/* Zeros stand for the unknown parts of a date of birth. */
static const struct date_case known_cases[] = {
		{"19890000", "1989年（月日不詳）", "1989 (month and day not known)"},
		{"19890100", "1989年1月（日不詳）", "January 1989 (day not known)"},
		{"00000000", "不詳", "not known"},
		{"19800217", "1980年2月17日（昭和55年）", "17 February 1980 (Showa 55)"},
};

static void
unknown_parts_of_a_birth_date(void **state)
{
	static const char *const no_dates[] = {"19890001", "19891300", "00000100", "00000101", "1989000", "1989 000"};
	struct date date;
	char ja[64], en[64];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(known_cases); i++) {
		assert_true(date_parse_known((const uint8_t *)known_cases[i].text, 8, &date));
		date_in_japanese(&date, ja, sizeof(ja));
		date_in_english(&date, en, sizeof(en));
		assert_string_equal(ja, known_cases[i].ja);
		assert_string_equal(en, known_cases[i].en);
	}
	for (i = 0; i < COUNT_OF(no_dates); i++)
		assert_false(date_parse_known((const uint8_t *)no_dates[i], strlen(no_dates[i]), &date));
}

static void
dates_in_iso_have_their_known_parts(void **state)
{
	static const char *const cases[][2] = {
			{"19890000", "1989"}, {"19890100", "1989-01"}, {"00000000", ""}, {"19800217", "1980-02-17"}};
	char iso[DATE_ISO_SIZE];
	struct date date;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		assert_true(date_parse_known((const uint8_t *)cases[i][0], strlen(cases[i][0]), &date));
		date_in_iso(&date, iso);
		assert_string_equal(iso, cases[i][1]);
	}
}

static void
dates_are_compared_by_day(void **state)
{
	struct date early = {2035, 7, 3}, late = {2035, 10, 1};

	(void)state;
	assert_true(date_compare(&early, &late) < 0);
	assert_true(date_compare(&late, &early) > 0);
	assert_int_equal(date_compare(&late, &late), 0);
}

static struct holder
holder_of(const char *birth, const char *sex, const char *expiry)
{
	struct face face = {0};
	struct holder holder;

	assert_true(secret_copy(&face.items[FACE_BIRTH], birth, strlen(birth)));
	assert_true(secret_copy(&face.items[FACE_SEX], sex, strlen(sex)));
	assert_true(secret_copy(&face.items[FACE_EXPIRY], expiry, strlen(expiry)));
	holder_read(&holder, &face);
	face_free(&face);
	return holder;
}

static void
the_holder_in_words(void **state)
{
	struct date today = date_today();
	struct holder holder = holder_of("19800217", "1", "20200101");
	char now[16];

	(void)state;
	assert_string_equal(holder.birth.en, "17 February 1980 (Showa 55)");
	assert_string_equal(holder.sex.ja, "男");
	assert_string_equal(holder.sex.en, "Male");
	assert_true(holder.expired);
	assert_false(holder_of("19800217", "2", "99991231").expired);

	/* the card is valid until the end of that day */
	snprintf(now, sizeof(now), "%04d%02d%02d", today.year, today.month, today.day);
	assert_false(holder_of("19800217", "2", now).expired);
}

static void
odd_values_are_shown(void **state)
{
	struct holder holder = holder_of("19890000", "3", "20350000");

	(void)state;
	assert_string_equal(holder.birth.ja, "1989年（月日不詳）");
	assert_string_equal(holder.sex.ja, "その他");
	assert_string_equal(holder.sex.en, "Other");
	assert_string_equal(holder_of("", "7", "").sex.ja, "7");
	assert_string_equal(holder_of("", "X", "").sex.en, "X");
}

static void
malformed_values_are_empty(void **state)
{
	struct holder holder = holder_of("1980021", "12", "20350000");

	(void)state;
	assert_string_equal(holder.birth.en, "");
	assert_string_equal(holder.sex.ja, "");
	assert_string_equal(holder.expiry.ja, "");
	assert_false(holder.expired);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(text_is_harmless),
			cmocka_unit_test(invisible_characters_are_shown),
			cmocka_unit_test(base64_has_no_breaks),
			cmocka_unit_test(dates_carry_their_era),
			cmocka_unit_test(no_date_is_refused),
			cmocka_unit_test(unknown_parts_of_a_birth_date),
			cmocka_unit_test(dates_in_iso_have_their_known_parts),
			cmocka_unit_test(dates_are_compared_by_day),
			cmocka_unit_test(the_holder_in_words),
			cmocka_unit_test(odd_values_are_shown),
			cmocka_unit_test(malformed_values_are_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

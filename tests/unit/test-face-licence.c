/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests how the card face viewer judges a driving licence, and how it shows the values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "tools/card-face/licence-words.h"
#include "tools/card-face/page.h"
#include "tools/card-face/summary.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SIGNED	    "ok: licence record (免許情報): signed\n"
#define NOT_EXPIRED "ok: expiry date of the licence (有効期間の末日): not expired\n"
#define HOLDER	    "unknown: holder of the licence: the record names nobody\n"

static const struct {
	const char *report;
	bool refused;
	enum licence_state state;
} states[] = {
		{SIGNED NOT_EXPIRED HOLDER, false, LICENCE_SIGNED},
		{SIGNED "FAIL: expiry date of the licence: expired\n" HOLDER, false, LICENCE_EXPIRED},
		{"unknown: licence record: no key\nFAIL: expiry date of the licence: expired\n", false, LICENCE_EXPIRED},
		{"unknown: licence record: no key\n" NOT_EXPIRED HOLDER, false, LICENCE_UNVERIFIED},
		{"FAIL: licence record: forged\n" NOT_EXPIRED HOLDER, false, LICENCE_WRONG},
		{"FAIL: licence record: forged\nFAIL: expiry date of the licence: expired\n", false, LICENCE_WRONG},
		{SIGNED "FAIL: form of the licence record: cut\n", false, LICENCE_WRONG},
		{"unknown: licence record: no key\nFAIL: signature of the licence record: missing\n", false, LICENCE_WRONG},
		{SIGNED NOT_EXPIRED HOLDER, true, LICENCE_WRONG},
		/* what is missing is worth nothing */
		{"", false, LICENCE_UNVERIFIED},
		{NOT_EXPIRED HOLDER, false, LICENCE_UNVERIFIED},
		{"OK: licence record\n", false, LICENCE_UNVERIFIED},
};

static void
put(struct licence *licence, enum licence_item item, const char *value)
{
	licence->given[item] = true;
	if (*value != '\0')
		assert_true(secret_copy(&licence->items[item], value, strlen(value)));
}

static void
state_is_that_of_the_worst_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(states); i++) {
		struct licence licence = {.refused = states[i].refused};

		put(&licence, LICENCE_REPORT, states[i].report);
		if (licence_state(&licence) != states[i].state)
			fail_msg("case %zu: state %d, not %d", i, licence_state(&licence), states[i].state);
		licence_free(&licence);
	}
}

/* A genuine card face is shown as such only without a licence, or with one that takes nothing away. */
static void
no_licence_makes_a_page_genuine(void **state)
{
	static const char surface[] = "ok: card face\nok: signer's certificate\nok: presence\n";
	struct licence licence = {0};
	struct face face = {0};

	(void)state;
	assert_true(secret_copy(&face.items[FACE_REPORT], surface, strlen(surface)));
	assert_int_equal(shown_verdict(&face), VERDICT_GENUINE);
	face.licence = &licence;
	put(&licence, LICENCE_REPORT, SIGNED NOT_EXPIRED HOLDER);
	assert_int_equal(shown_verdict(&face), VERDICT_UNKNOWN);
	licence.refused = true;
	assert_int_equal(shown_verdict(&face), VERDICT_NOT_GENUINE);
	secret_clear(&face.items[FACE_REPORT]);
	licence_free(&licence);
}

static void
colours_of_the_bar(void **state)
{
	static const struct {
		const char *text, *colour, *ja, *en;
	} cases[] = {
			{"優良", "gold", "優良", "Gold (優良)"},
			{"新規", "green", "新規", "Green (新規)"},
			{"一般", "blue", "一般", "Blue (一般)"},
			{"その他", "blue", "その他", "Blue (その他)"},
			{"", "grey", "", ""},
	};
	struct holder_text text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		struct licence licence = {0};

		put(&licence, LICENCE_COLOUR, cases[i].text);
		assert_string_equal(licence_colour(&licence, &text), cases[i].colour);
		assert_string_equal(text.ja, cases[i].ja);
		assert_string_equal(text.en, cases[i].en);
		licence_free(&licence);
	}
}

static void
dates_are_in_words(void **state)
{
	static const struct {
		const char *line, *kind, *kind_en, *date, *date_en;
	} cases[] = {
			{"二・小・原 20150401", "二・小・原", "Motorcycle, small special, moped", "2015年4月1日（平成27年）", "1 April 2015 (Heisei 27)"},
			{"二種 none", "二種", "Class 2", "なし", "None"},
			{"他 20151301", "他", "Other", "", ""},
			{"他", "他", "Other", "", ""},
			{"別 none", "別", "別", "なし", "None"},
			{"", "", "", "", ""},
	};
	struct licence_date date;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		struct licence_line line = {cases[i].line, strlen(cases[i].line)};

		licence_date_line(&line, &date);
		assert_string_equal(date.kind.ja, cases[i].kind);
		assert_string_equal(date.kind.en, cases[i].kind_en);
		assert_string_equal(date.date.ja, cases[i].date);
		assert_string_equal(date.date.en, cases[i].date_en);
	}
}

static void
classes_are_those_of_the_list(void **state)
{
	static const char list[] = "準中型\n普通\n大特二";
	struct licence licence = {0};
	size_t i, held = 0;

	(void)state;
	put(&licence, LICENCE_CLASSES, list);
	for (i = 0; i < LICENCE_CLASS_COUNT; i++) {
		bool listed = i == 2 || i == 3 || i == 13;

		assert_int_equal(licence_has_class(&licence, i), listed);
		held += listed;
	}
	assert_int_equal(held, 3);
	licence_free(&licence);
}

static void
history_is_no_licence(void **state)
{
	struct licence licence = {0};
	struct holder_text date;

	(void)state;
	put(&licence, LICENCE_HISTORY, "990998765432\n20250401");
	assert_true(licence_is_history(&licence));
	licence_history_date(&licence, &date);
	assert_string_equal(date.en, "1 April 2025 (Reiwa 7)");
	put(&licence, LICENCE_NUMBER, "990912345670");
	assert_false(licence_is_history(&licence));
	licence_free(&licence);
}

/* Returns what WRITE shows of a card with this licence; the caller frees it. */
static char *
shown(void (*write)(FILE *out, const struct face *face, enum language language), const struct licence *licence, enum language language)
{
	struct face face = {.licence = licence};
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	write(out, &face, language);
	fclose(out);
	return text;
}

/* Empty lists are written as "none", and lists that the card did not give as "not available". */
static void
nothing_is_not_none(void **state)
{
	struct licence licence = {0};
	char *text;

	(void)state;
	text = shown(summary_write, &licence, LANGUAGE_EN);
	assert_non_null(strstr(text, "\nConditions: Not available\n"));
	assert_non_null(strstr(text, "\nClasses: Not available\n"));
	free(text);
	text = shown(page_write, &licence, LANGUAGE_EN);
	assert_null(strstr(text, "<ul class=\"classes\">"));
	free(text);
	licence.given[LICENCE_CONDITIONS] = licence.given[LICENCE_CLASSES] = true;
	text = shown(summary_write, &licence, LANGUAGE_EN);
	assert_non_null(strstr(text, "\nConditions: None\n"));
	assert_non_null(strstr(text, "\nClasses: None\n"));
	free(text);
	text = shown(page_write, &licence, LANGUAGE_EN);
	assert_non_null(strstr(text, "<ul class=\"classes\">"));
	assert_null(strstr(text, "class=\"held\""));
	free(text);
}

/* The record of a forged card reaches neither terminal nor browser as anything but text. */
static void
values_are_harmless(void **state)
{
	struct licence licence = {0};
	char *text;
	int item;

	(void)state;
	for (item = LICENCE_NUMBER; item < LICENCE_ITEM_COUNT; item++)
		put(&licence, (enum licence_item)item, "<script>\x1B[2J none");
	text = shown(page_write, &licence, LANGUAGE_BOTH);
	assert_null(strstr(text, "<script"));
	assert_null(strchr(text, '\x1B'));
	assert_non_null(strstr(text, "&lt;script&gt;"));
	free(text);
	text = shown(summary_write, &licence, LANGUAGE_BOTH);
	assert_null(strchr(text, '\x1B'));
	free(text);
	licence_free(&licence);
}

static void
both_forms_say_that_a_screen_proves_nothing(void **state)
{
	static const enum language languages[] = {LANGUAGE_JA, LANGUAGE_EN};
	static const char *const sentences[] = {"それだけでは何の証明にもなりません", "proves nothing by itself"};
	struct licence licence = {0};
	char *page, *text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(languages); i++) {
		page = shown(page_write, &licence, languages[i]);
		text = shown(summary_write, &licence, languages[i]);
		assert_non_null(strstr(page, sentences[i]));
		assert_non_null(strstr(text, sentences[i]));
		assert_null(strstr(page, sentences[!i]));
		assert_null(strstr(text, sentences[!i]));
		free(page);
		free(text);
	}
	page = shown(page_write, NULL, LANGUAGE_BOTH);
	assert_null(strstr(page, sentences[0]));
	free(page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(state_is_that_of_the_worst_line),
			cmocka_unit_test(no_licence_makes_a_page_genuine),
			cmocka_unit_test(colours_of_the_bar),
			cmocka_unit_test(dates_are_in_words),
			cmocka_unit_test(classes_are_those_of_the_list),
			cmocka_unit_test(history_is_no_licence),
			cmocka_unit_test(nothing_is_not_none),
			cmocka_unit_test(values_are_harmless),
			cmocka_unit_test(both_forms_say_that_a_screen_proves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

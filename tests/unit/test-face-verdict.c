/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the verdict that the viewer derives from the driver's reports. A card is "genuine" only if its reports are complete
 * and without findings. */
#include <string.h>

#include "cmocka-all.h"

#include "tools/card-face/verdict.h"

#define FACE_OK	    "ok: card face: photo, images (券面情報): signed by the municipality\n"
#define SIGNER_OK   "ok: signer's certificate (CV証明書): signed by a trusted CA\n"
#define PRESENCE_OK "ok: presence of the genuine card (内部認証): the card holds the key of this record\n"
#define SURFACE_OK  FACE_OK SIGNER_OK PRESENCE_OK
#define FOUR_OK	    "ok: name, address, birth date, sex (基本4情報): signed by the municipality\n"
#define KEY_OK	    "ok: card key record (内部認証用公開鍵): signed by the municipality\n"
#define TEXT_OK	    FOUR_OK KEY_OK SIGNER_OK PRESENCE_OK

/* The values that the viewer shows or compares besides the reports. */
enum shown {
	SURFACE,  /* nothing from Input Support */
	TEXT,	  /* also the name from Input Support, whose date of birth and sex equal those on the card face */
	BIRTH,	  /* the same with another date of birth */
	SEX,	  /* the same with another sex */
	NO_BIRTH, /* the same without date of birth */
	NO_SEX,	  /* the same without sex */
	NO_DATES, /* the same without date of birth, which the card face lacks as well */
	REFUSED	  /* the driver refused a value */
};

struct verdict_case {
	const char *report, *text_report;
	enum shown shown;
	enum verdict verdict;
};

static const struct verdict_case verdict_cases[] = {
		{SURFACE_OK, "", SURFACE, VERDICT_GENUINE},
		{SURFACE_OK, TEXT_OK, SURFACE, VERDICT_GENUINE},
		{SURFACE_OK, TEXT_OK, TEXT, VERDICT_GENUINE},
		{"\n" PRESENCE_OK FACE_OK "ok: signer's certificate", "", SURFACE, VERDICT_GENUINE},
		/* an empty or incomplete report proves nothing */
		{"", "", SURFACE, VERDICT_UNKNOWN},
		{"", SURFACE_OK, SURFACE, VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK, TEXT_OK, TEXT, VERDICT_UNKNOWN},
		{SIGNER_OK PRESENCE_OK, "", SURFACE, VERDICT_UNKNOWN},
		{FACE_OK PRESENCE_OK, "", SURFACE, VERDICT_UNKNOWN},
		/* text that is shown needs its own report */
		{SURFACE_OK, "", TEXT, VERDICT_UNKNOWN},
		{SURFACE_OK TEXT_OK, "", TEXT, VERDICT_UNKNOWN},
		{SURFACE_OK, KEY_OK SIGNER_OK PRESENCE_OK, TEXT, VERDICT_UNKNOWN},
		{SURFACE_OK, FOUR_OK SIGNER_OK PRESENCE_OK, TEXT, VERDICT_UNKNOWN},
		{SURFACE_OK, FOUR_OK KEY_OK PRESENCE_OK, TEXT, VERDICT_UNKNOWN},
		{SURFACE_OK, FOUR_OK KEY_OK SIGNER_OK, TEXT, VERDICT_UNKNOWN},
		/* and must belong to the same person */
		{SURFACE_OK, TEXT_OK, BIRTH, VERDICT_UNKNOWN},
		{SURFACE_OK, TEXT_OK, SEX, VERDICT_UNKNOWN},
		{SURFACE_OK, TEXT_OK, NO_BIRTH, VERDICT_UNKNOWN},
		{SURFACE_OK, TEXT_OK, NO_SEX, VERDICT_UNKNOWN},
		{SURFACE_OK, TEXT_OK, NO_DATES, VERDICT_UNKNOWN},
		{SURFACE_OK, TEXT_OK, REFUSED, VERDICT_NOT_GENUINE},
		/* the worst line decides, wherever it is */
		{SURFACE_OK "unknown: something: not known\n", "", SURFACE, VERDICT_UNKNOWN},
		{SURFACE_OK "FAIL: something: wrong", "", SURFACE, VERDICT_NOT_GENUINE},
		{"FAIL: card face: wrong\nunknown: signer's certificate\n" PRESENCE_OK, "", SURFACE, VERDICT_NOT_GENUINE},
		{SURFACE_OK, "FAIL: presence: it is a copy\n", SURFACE, VERDICT_NOT_GENUINE},
		{SURFACE_OK, "unknown: signer's certificate: not known\n", SURFACE, VERDICT_UNKNOWN},
		/* a line that the driver never writes does not count as "ok" */
		{SURFACE_OK "OK: card face\n", "", SURFACE, VERDICT_UNKNOWN},
		{SURFACE_OK "ok", "", SURFACE, VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK "not ok: presence\n", "", SURFACE, VERDICT_UNKNOWN},
};

static void
put(struct face *face, enum face_item item, const char *value)
{
	assert_true(secret_copy(&face->items[item], value, strlen(value)));
}

static void
put_shown(struct face *face, enum shown shown)
{
	face->refused[FACE_TEXT_SEX] = shown == REFUSED;
	if (shown != NO_DATES) {
		put(face, FACE_BIRTH, "19890703");
		put(face, FACE_SEX, "2");
	}
	if (shown == SURFACE)
		return;
	put(face, FACE_NAME, "番号　花子");
	if (shown != NO_BIRTH && shown != NO_DATES)
		put(face, FACE_TEXT_BIRTH, shown == BIRTH ? "19890704" : "19890703");
	if (shown != NO_SEX && shown != NO_DATES)
		put(face, FACE_TEXT_SEX, shown == SEX ? "1" : "2");
}

static void
verdicts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(verdict_cases) / sizeof(verdict_cases[0]); i++) {
		const struct verdict_case *test = &verdict_cases[i];
		struct face face = {0};

		put(&face, FACE_REPORT, test->report);
		put(&face, FACE_TEXT_REPORT, test->text_report);
		put_shown(&face, test->shown);
		if (face_verdict(&face) != test->verdict)
			fail_msg("case %zu: verdict %d, not %d", i, face_verdict(&face), test->verdict);
		face_free(&face);
	}
}

/* Every reason that lowers the verdict is shown to the user. */
static void
own_findings_say_why(void **state)
{
	struct face face = {0};
	struct finding finding;
	size_t at = 0;

	(void)state;
	put(&face, FACE_REPORT, SURFACE_OK);
	put(&face, FACE_TEXT_REPORT, TEXT_OK);
	put_shown(&face, TEXT);
	assert_false(finding_next_own(&face, &at, &finding));
	face_free(&face);
	put_shown(&face, BIRTH);
	face.refused[FACE_SEX] = true;
	face.code_missing = true;
	face.withheld = true;
	for (at = 0; finding_next_own(&face, &at, &finding);) {
		assert_non_null(finding.topic);
		assert_non_null(finding.words);
	}
	assert_int_equal(at, 6);
	face_free(&face);
}

static void
findings_are_lines(void **state)
{
	struct face face = {0};
	struct finding finding;
	size_t at = 0;

	(void)state;
	assert_true(secret_copy(&face.items[FACE_REPORT], FACE_OK "\nFAIL: x", strlen(FACE_OK "\nFAIL: x")));
	assert_true(finding_next(&face.items[FACE_REPORT], &at, &finding));
	assert_int_equal(finding.kind, VERDICT_GENUINE);
	assert_non_null(finding.topic);
	assert_int_equal(finding.len, strlen(FACE_OK) - strlen("ok: \n"));
	assert_memory_equal(finding.text, "card face", strlen("card face"));
	assert_true(finding_next(&face.items[FACE_REPORT], &at, &finding));
	assert_int_equal(finding.kind, VERDICT_NOT_GENUINE);
	assert_null(finding.topic);
	assert_int_equal(finding.len, 1);
	assert_false(finding_next(&face.items[FACE_REPORT], &at, &finding));
	face_free(&face);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(verdicts),
			cmocka_unit_test(own_findings_say_why),
			cmocka_unit_test(findings_are_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

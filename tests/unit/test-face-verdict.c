/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One word for what the driver's reports say: nothing but a whole and clean report makes a card genuine. */
#include <string.h>

#include "cmocka-all.h"

#include "tools/verdict.h"

#define FACE_OK	    "ok: card face: photo, images (券面情報): signed by the municipality\n"
#define SIGNER_OK   "ok: signer's certificate (CV証明書): signed by a trusted CA\n"
#define PRESENCE_OK "ok: presence of the genuine card (内部認証): the card holds the key of this record\n"
#define TEXT_OK	    "ok: name, address, birth date, sex (基本4情報): signed by the municipality\n"

struct verdict_case {
	const char *report, *text_report;
	enum verdict verdict;
};

static const struct verdict_case verdict_cases[] = {
		{FACE_OK SIGNER_OK PRESENCE_OK, "", VERDICT_GENUINE},
		{FACE_OK SIGNER_OK PRESENCE_OK, TEXT_OK, VERDICT_GENUINE},
		{"\n" PRESENCE_OK FACE_OK "ok: signer's certificate", "", VERDICT_GENUINE},
		/* silence proves nothing */
		{"", "", VERDICT_UNKNOWN},
		{"", FACE_OK SIGNER_OK PRESENCE_OK, VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK, TEXT_OK PRESENCE_OK, VERDICT_UNKNOWN},
		{SIGNER_OK PRESENCE_OK, "", VERDICT_UNKNOWN},
		{FACE_OK PRESENCE_OK, "", VERDICT_UNKNOWN},
		/* the worst counts, wherever it stands */
		{FACE_OK SIGNER_OK PRESENCE_OK "unknown: something: not known\n", "", VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK PRESENCE_OK "FAIL: something: wrong", "", VERDICT_NOT_GENUINE},
		{"FAIL: card face: wrong\nunknown: signer's certificate\n" PRESENCE_OK, "", VERDICT_NOT_GENUINE},
		{FACE_OK SIGNER_OK PRESENCE_OK, "FAIL: presence: it is a copy\n", VERDICT_NOT_GENUINE},
		/* a line that no report has is no word of trust */
		{FACE_OK SIGNER_OK PRESENCE_OK "OK: card face\n", "", VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK PRESENCE_OK "ok", "", VERDICT_UNKNOWN},
		{FACE_OK SIGNER_OK "not ok: presence\n", "", VERDICT_UNKNOWN},
};

static void
verdicts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(verdict_cases) / sizeof(verdict_cases[0]); i++) {
		const struct verdict_case *test = &verdict_cases[i];
		struct face face = {0};

		assert_true(buffer_copy(&face.items[FACE_REPORT], test->report, strlen(test->report)));
		assert_true(buffer_copy(&face.items[FACE_TEXT_REPORT], test->text_report, strlen(test->text_report)));
		assert_int_equal(verdict_of(&face), test->verdict);
		face_free(&face);
	}
}

static void
findings_are_lines(void **state)
{
	struct face face = {0};
	struct finding finding;
	size_t at = 0;

	(void)state;
	assert_true(buffer_copy(&face.items[FACE_REPORT], FACE_OK "\nFAIL: x", strlen(FACE_OK "\nFAIL: x")));
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
			cmocka_unit_test(findings_are_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

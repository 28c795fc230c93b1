/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the translation of status words into OpenSC's errors on which a program's next step depends. */
#include "cmocka-all.h"

#include "card-driver/session/status.h"

struct sw_case {
	unsigned sw;
	int error;
	int tries_left;
};

static const struct sw_case cases[] = {
		{0x9000, SC_SUCCESS, -1},
		{0x63C0, SC_ERROR_AUTH_METHOD_BLOCKED, 0},
		{0x63C1, SC_ERROR_PIN_CODE_INCORRECT, 1},
		{0x63C5, SC_ERROR_PIN_CODE_INCORRECT, 5},
		{0x63CF, SC_ERROR_PIN_CODE_INCORRECT, 15},
		{0x6300, SC_ERROR_PIN_CODE_INCORRECT, -1},
		{0x6983, SC_ERROR_AUTH_METHOD_BLOCKED, 0},
		{0x6984, SC_ERROR_AUTH_METHOD_BLOCKED, 0},
		{0x6982, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED, -1},
		{0x6A82, SC_ERROR_FILE_NOT_FOUND, -1},
		{0x6A83, SC_ERROR_RECORD_NOT_FOUND, -1},
		{0x6B00, SC_ERROR_FILE_END_REACHED, -1},
		{0x6D00, SC_ERROR_INS_NOT_SUPPORTED, -1},
		{0x0000, SC_ERROR_CARD_CMD_FAILED, -1},
		{0x9001, SC_ERROR_CARD_CMD_FAILED, -1},
		{0xFFFF, SC_ERROR_CARD_CMD_FAILED, -1},
};

static void
each_status_word_has_its_error(void **state)
{
	struct sc_context ctx = {0};
	struct sc_card card = {.ctx = &ctx};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(status_check(&card, cases[i].sw >> 8, cases[i].sw & 0xFF), cases[i].error);
}

static void
tries_are_told_by_63Cx_and_blocked_pins(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(status_tries_left(cases[i].sw >> 8, cases[i].sw & 0xFF), cases[i].tries_left);
}

/* Only 9000 is success, whatever else a card or a faulty reader returns. */
static void
no_other_status_word_is_success(void **state)
{
	struct sc_context ctx = {0};
	struct sc_card card = {.ctx = &ctx};
	unsigned sw;

	(void)state;
	for (sw = 0; sw <= 0xFFFF; sw++)
		if (sw != 0x9000)
			assert_true(status_check(&card, sw >> 8, sw & 0xFF) < 0);
}

/* After an out-of-memory error, the driver has not asked the card, or has lost its answer. The card may still have a card
 * number, so no substitute must be used. */
static void
want_of_memory_is_no_answer(void **state)
{
	(void)state;
	assert_true(status_is_answer(SC_ERROR_FILE_NOT_FOUND));
	assert_true(status_is_answer(SC_ERROR_UNKNOWN_DATA_RECEIVED));
	assert_false(status_is_answer(SC_SUCCESS));
	assert_false(status_is_answer(SC_ERROR_TRANSMIT_FAILED));
	assert_false(status_is_answer(SC_ERROR_OUT_OF_MEMORY));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(each_status_word_has_its_error),
			cmocka_unit_test(tries_are_told_by_63Cx_and_blocked_pins),
			cmocka_unit_test(no_other_status_word_is_success),
			cmocka_unit_test(want_of_memory_is_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

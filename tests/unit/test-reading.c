/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests, exchange by exchange, how the driver recovers from a READ that fails: what it repeats, what it remembers for the
 * next file, and when it gives up. */
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/operations/files.h"
#include "card-driver/session/load.h"
#include "card-driver/card/tlv.h"
#include "scripted-card.h"

#define TRACE_MAX	1000
#define SELECT_EF	0x02
#define SW_NO_EF	0x6986
#define SW_WRONG_LENGTH 0x6700

/*
 * The APDUs that the card received, one or two letters each:
 *     A SELECT of an application, S of a file, F READ BINARY of a file by its short identifier, R of the current file, N READ
 *     RECORD of a file by its short identifier, n of the current file; a READ has x (extended), p (object header or less),
 *     else nothing
 */
static char trace[TRACE_MAX + 1];
static bool selected; /* the last command was a SELECT of a file, or all READs since then succeeded */

/* Whether the READ fails, and with which status word; with SW_OK it returns no byte. */
static bool (*fails)(const sc_apdu_t *apdu, unsigned *sw);

static void
note(const char *letters)
{
	assert_in_range(strlen(trace) + strlen(letters), 1, TRACE_MAX);
	strcat(trace, letters);
}

static void
note_apdu(const sc_apdu_t *apdu)
{
	bool by_sfi = apdu->ins == INS_READ_RECORD ? apdu->p2 >> 3 != 0 : (apdu->p1 & BY_SFI) != 0;

	if (apdu->ins == INS_SELECT)
		note(apdu->p1 == SELECT_EF ? "S" : "A");
	else if (apdu->ins == INS_READ_RECORD)
		note(by_sfi ? "N" : "n");
	else
		note(by_sfi ? "F" : "R");
	if (apdu->ins == INS_READ_BINARY && (apdu->le > SHORT_ANSWER_MAX || apdu->le <= BER_HEADER_MAX))
		note(apdu->le > SHORT_ANSWER_MAX ? "x" : "p");
}

static int
trace_and_fail(sc_apdu_t *apdu)
{
	unsigned sw = SW_OK;

	note_apdu(apdu);
	if (apdu->ins == INS_SELECT)
		selected = apdu->p1 == SELECT_EF;
	if (apdu->ins == INS_SELECT || fails == NULL || !fails(apdu, &sw))
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, sw);
	return SC_SUCCESS;
}

static int
setup(void **state)
{
	int r = scripted_setup(state);

	*trace = '\0';
	selected = false;
	fails = NULL;
	scripted.twist = trace_and_fail;
	return r;
}

static int
load(uint16_t id)
{
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, card_file_find(APP_JPKI, id), FILE_WHOLE, &loaded);

	if (r == SC_SUCCESS)
		assert_true(loaded->content.len == FILE_LEN || loaded->content.len == 0);
	return r == SC_SUCCESS ? (int)loaded->content.len : r;
}

/* Loads two files and compares the trace with EXPECTED. */
static void
expect_both(const char *expected)
{
	assert_int_equal(load(EF_AUTH_CERTIFICATE), FILE_LEN);
	note(" ");
	assert_int_equal(load(EF_AUTH_CA_CERTIFICATE), FILE_LEN);
	assert_string_equal(trace, expected);
}

static void
test_nothing_is_repeated_without_need(void **state)
{
	(void)state;
	expect_both("AFR FR");
}

static bool
by_offset_unselected(const sc_apdu_t *apdu, unsigned *sw)
{
	*sw = SW_NO_EF;
	return !(apdu->p1 & BY_SFI) && !selected;
}

static void
test_a_short_identifier_that_selects_nothing(void **state)
{
	(void)state;
	fails = by_offset_unselected;
	expect_both("AFRSR SRR");
}

static bool
by_sfi(const sc_apdu_t *apdu, unsigned *sw)
{
	*sw = SW_NO_OFFSET;
	return apdu->ins == INS_READ_RECORD ? apdu->p2 >> 3 != 0 : (apdu->p1 & BY_SFI) != 0;
}

static void
test_no_short_identifiers(void **state)
{
	(void)state;
	fails = by_sfi;
	expect_both("AFSRR SRR");
}

static void
test_no_short_identifiers_of_record_files(void **state)
{
	uint8_t record[SHORT_ANSWER_MAX];

	(void)state;
	fails = by_sfi;
	assert_int_equal(load_card_record(session, card_file_find(APP_COMMON, EF_CARD_NUMBER), 1, record, sizeof(record)), 30);
	assert_int_equal(load_card_record(session, card_file_find(APP_COMMON, EF_CARD_NUMBER), 1, record, sizeof(record)), 30);
	assert_string_equal(trace, "ANSnSn");
}

static bool
extended(const sc_apdu_t *apdu, unsigned *sw)
{
	*sw = SW_WRONG_LENGTH;
	return apdu->le > SHORT_ANSWER_MAX;
}

/* The first READ is never extended. */
static void
test_no_extended_length(void **state)
{
	(void)state;
	fails = extended;
	scripted.read_max = 100;
	expect_both("AFRxSRxRRRRR FRRRRR");
}

/* Fails a READ across the end unless an earlier READ has shown that the file is longer. */
static bool
across_the_end(const sc_apdu_t *apdu, unsigned *sw)
{
	size_t offset = apdu->p1 & BY_SFI ? apdu->p2 : (size_t)(apdu->p1 << 8 | apdu->p2);

	*sw = SW_NO_OFFSET;
	return offset == 0 && apdu->le > BER_HEADER_MAX;
}

static void
test_the_header_first_where_reads_across_the_end_fail(void **state)
{
	(void)state;
	fails = across_the_end;
	expect_both("AFSRRpRx FpRx");
}

static bool
always(const sc_apdu_t *apdu, unsigned *sw)
{
	(void)apdu;
	*sw = SW_WRONG_LENGTH;
	return true;
}

static void
test_an_error_counts_if_it_is_repeated(void **state)
{
	(void)state;
	fails = always;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), SC_ERROR_WRONG_LENGTH);
	assert_string_equal(trace, "AFSRRp");
}

static bool
gives_nothing(const sc_apdu_t *apdu, unsigned *sw)
{
	(void)apdu;
	*sw = SW_OK;
	return true;
}

static void
test_an_empty_answer_counts_for_a_shorter_read_only(void **state)
{
	(void)state;
	fails = gives_nothing;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), 0);
	assert_string_equal(trace, "AFSRRp");
}

static bool
nothing_but_the_first(const sc_apdu_t *apdu, unsigned *sw)
{
	*sw = SW_OK;
	return !(apdu->p1 & BY_SFI) && (apdu->p1 != 0 || apdu->p2 != 0);
}

static void
test_no_half_file(void **state)
{
	(void)state;
	fails = nothing_but_the_first;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_string_equal(trace, "AFRSRRp");
}

static bool
closed(const sc_apdu_t *apdu, unsigned *sw)
{
	(void)apdu;
	*sw = SW_NOT_SATISFIED;
	return true;
}

static void
test_a_closed_file_is_asked_for_once(void **state)
{
	(void)state;
	fails = closed;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_string_equal(trace, "AF");
}

/* Every second READ fails, and the others return one byte each. */
static bool
every_second(const sc_apdu_t *apdu, unsigned *sw)
{
	static unsigned count;

	(void)apdu;
	*sw = SW_NO_EF;
	return ++count % 2 == 0;
}

static void
test_recovery_ends(void **state)
{
	(void)state;
	fails = every_second;
	scripted.read_max = 1;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), SC_ERROR_NOT_ALLOWED);
	assert_in_range(strlen(trace), 30, 200);
}

static int
removed(sc_apdu_t *apdu)
{
	note_apdu(apdu);
	return apdu->ins == INS_READ_BINARY ? SC_ERROR_CARD_REMOVED : SCRIPT_AS_USUAL;
}

static void
test_a_card_that_is_gone_is_not_asked_again(void **state)
{
	(void)state;
	scripted.twist = removed;
	assert_int_equal(load(EF_AUTH_CERTIFICATE), SC_ERROR_CARD_REMOVED);
	assert_string_equal(trace, "AF");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_nothing_is_repeated_without_need, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_short_identifier_that_selects_nothing, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_short_identifiers, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_short_identifiers_of_record_files, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_extended_length, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_the_header_first_where_reads_across_the_end_fail, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_an_error_counts_if_it_is_repeated, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_an_empty_answer_counts_for_a_shorter_read_only, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_half_file, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_closed_file_is_asked_for_once, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_recovery_ends, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_card_that_is_gone_is_not_asked_again, setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

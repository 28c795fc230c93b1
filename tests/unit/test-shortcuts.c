/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests what the driver does without selecting its application first, and what that must not allow. */
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/operations/pin-command.h"
#include "card-driver/session/application.h"
#include "card-driver/session/load.h"
#include "scripted-card.h"

#define SW_TEN_TRIES 0x63CA
#define SW_TWO_TRIES 0x63C2
#define SW_BLOCKED   0x63C0

static struct {
	unsigned selects, reads, queries;
	unsigned first_state, other_states; /* status words of the queries */
	const uint8_t *content;		    /* the first bytes of every file */
	size_t content_len;
} card;

static int
answer_query(sc_apdu_t *apdu)
{
	scripted_answer(apdu, card.queries++ == 0 ? card.first_state : card.other_states);
	return SC_SUCCESS;
}

static int
answer_read(sc_apdu_t *apdu)
{
	card.reads++;
	if (card.content == NULL)
		return SCRIPT_AS_USUAL;
	memset(apdu->resp, 0, apdu->le);
	memcpy(apdu->resp, card.content, card.content_len);
	scripted.noise_len = apdu->le;
	scripted_answer(apdu, SW_OK);
	return SC_SUCCESS;
}

/* Counts the commands, and answers queries and READs as the test says. */
static int
observe(sc_apdu_t *apdu)
{
	card.selects += apdu->ins == INS_SELECT && apdu->p1 == SELECT_BY_NAME;
	if (apdu->ins == INS_VERIFY && apdu->datalen == 0)
		return answer_query(apdu);
	return apdu->ins == INS_READ_BINARY ? answer_read(apdu) : SCRIPT_AS_USUAL;
}

/* JPKI was selected last, in an earlier transaction. */
static int
setup(void **state)
{
	int r = scripted_setup(state);

	if (r != 0 || application_select(session, APP_JPKI) != SC_SUCCESS)
		return -1;
	application_unconfirm(session);
	memset(&card, 0, sizeof(card));
	card.first_state = card.other_states = SW_THREE_TRIES;
	scripted.twist = observe;
	return 0;
}

static int
query_to_show(enum pin_id pin)
{
	struct sc_pin_cmd_data data = {.cmd = SC_PIN_CMD_GET_INFO, .pin_reference = (int)pin};

	assert_int_equal(pin_command(session, &data), SC_SUCCESS);
	return data.pin1.tries_left;
}

static void
test_a_query_that_is_shown_needs_no_select(void **state)
{
	(void)state;
	assert_int_equal(query_to_show(PIN_AUTH), 3);
	assert_int_equal(query_to_show(PIN_SIGN), 3);
	assert_int_equal(card.selects, 0);
	assert_int_equal(card.queries, 2);
}

/* The PIN of Input Support and the birth date code of Card Surface have the same file id. */
static void
test_a_query_that_another_application_could_answer(void **state)
{
	(void)state;
	assert_int_equal(application_select(session, APP_TEXT), SC_SUCCESS);
	application_unconfirm(session);
	card.selects = 0;
	assert_int_equal(query_to_show(PIN_TEXT), 3);
	assert_int_equal(card.selects, 1);
}

/* The PIN has three tries. */
static void
test_a_number_that_the_pin_cannot_have_is_not_shown(void **state)
{
	(void)state;
	card.first_state = SW_TEN_TRIES;
	assert_int_equal(query_to_show(PIN_AUTH), 3);
	assert_int_equal(card.selects, 1);
	assert_int_equal(card.queries, 2);
}

static void
test_blocked_is_not_believed_without_a_select(void **state)
{
	(void)state;
	card.first_state = SW_BLOCKED;
	assert_int_equal(query_to_show(PIN_AUTH), 3);
	assert_int_equal(card.selects, 1);
}

static int
refuse_pin(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_VERIFY)
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, apdu->datalen == 0 ? SW_THREE_TRIES : SW_TWO_TRIES);
	return SC_SUCCESS;
}

/* The card has refused a value. In another application the query finds a counter that looks as if it had been set back. */
static void
test_a_shown_number_lets_no_refused_value_pass(void **state)
{
	(void)state;
	scripted.twist = refuse_pin;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_PIN_CODE_INCORRECT);
	application_unconfirm(session);
	session->pin_states[PIN_AUTH].tries_left = -1; /* the last answer is too old to be shown */
	scripted.twist = observe;
	card.first_state = SW_THREE_TRIES;
	card.other_states = SW_TWO_TRIES;
	assert_int_equal(query_to_show(PIN_AUTH), 3);
	assert_int_equal(card.selects, 0);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_PIN_CODE_INCORRECT);
	assert_int_equal(scripted.verified, 0);
}

static const uint8_t certificate[] = {0x30, 0x82, 0x00, 0x80, 0x30, 0x7D};
static const uint8_t record_of_text[] = {0xFF, 0x20, 0x82, 0x00, 0x80, 0xDF, 0x21, 0x08};

static int
load_start(uint16_t id, const uint8_t *content, size_t len)
{
	const struct loaded_file *loaded = NULL;

	card.content = content;
	card.content_len = len;
	return load_file(session, card_file_find(APP_JPKI, id), 1, &loaded);
}

static void
test_a_certificate_proves_its_application(void **state)
{
	(void)state;
	assert_int_equal(load_start(EF_SIGN_CA_CERTIFICATE, certificate, sizeof(certificate)), SC_SUCCESS);
	assert_int_equal(card.selects, 0);
	assert_int_equal(card.reads, 1);
}

static void
test_what_proves_nothing_is_dropped_and_read_again(void **state)
{
	(void)state;
	assert_int_equal(load_start(EF_SIGN_CA_CERTIFICATE, record_of_text, sizeof(record_of_text)), SC_SUCCESS);
	assert_int_equal(card.selects, 1);
	assert_int_equal(card.reads, 2);
}

/* Only the application's own proof file, or a SELECT, is sufficient before a VERIFY. */
static void
test_a_certificate_is_no_proof_for_a_verify(void **state)
{
	(void)state;
	assert_int_equal(load_start(EF_SIGN_CA_CERTIFICATE, certificate, sizeof(certificate)), SC_SUCCESS);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(card.selects, 1);
}

/* What was shown holds for one transaction. */
static void
test_a_proof_ends_with_its_transaction(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	assert_int_equal(load_start(EF_SIGN_CA_CERTIFICATE, certificate, sizeof(certificate)), SC_SUCCESS);
	application_unconfirm(session);
	card.content = NULL;
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AVAILABILITY), FILE_WHOLE, &loaded), SC_SUCCESS);
	assert_int_equal(card.selects, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_a_query_that_is_shown_needs_no_select, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_query_that_another_application_could_answer, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_number_that_the_pin_cannot_have_is_not_shown, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_blocked_is_not_believed_without_a_select, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_shown_number_lets_no_refused_value_pass, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_certificate_proves_its_application, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_what_proves_nothing_is_dropped_and_read_again, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_certificate_is_no_proof_for_a_verify, setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_proof_ends_with_its_transaction, setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

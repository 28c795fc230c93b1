/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests PINs in a session whose card is reset at a bad moment or used by other programs. */
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/content/identity.h"
#include "card-driver/operations/driver.h"
#include "card-driver/operations/files.h"
#include "card-driver/operations/pin-command.h"
#include "card-driver/operations/pin.h"
#include "card-driver/operations/sign.h"
#include "scripted-card.h"

/* Simulates the end of a transaction and the start of another. In between, other programs may have selected another
 * application. */
static void
begin_another_transaction(void)
{
	session->link.app_confirmed = false;
	pin_note_transaction(session);
}

static int
one_try_left(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_VERIFY || apdu->datalen > 0)
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, SW_ONE_TRY);
	return SC_SUCCESS;
}

/* Simulates that other programs have entered wrong PINs. */
static void
test_the_last_try_is_kept_for_a_signature_too(void **state)
{
	struct sc_pin_cmd_data query = {.cmd = SC_PIN_CMD_GET_INFO, .pin_reference = PIN_AUTH};

	(void)state;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(scripted_verify_again(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(scripted.verified, 2);
	session->pin_states[PIN_AUTH].tries_left = -1; /* the last query is too old to be used */
	scripted.twist = one_try_left;
	assert_int_equal(pin_command(session, &query), SC_SUCCESS);
	assert_int_equal(query.pin1.tries_left, 1);
	assert_int_equal(scripted_verify_again(PIN_AUTH), SC_ERROR_AUTH_METHOD_BLOCKED);
	assert_int_equal(scripted.verified, 2);
}

static int
two_tries_left_and_not_verified(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_SIGN && (apdu->ins != INS_VERIFY || apdu->datalen > 0))
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, apdu->ins == INS_SIGN ? SW_NOT_SATISFIED : SW_TWO_TRIES);
	return SC_SUCCESS;
}

static const uint8_t wrong_hash[SHA256_LEN];

static int
sign_by_driver(void)
{
	const struct sc_card_operations *ops = driver_get()->ops;
	sc_security_env_t env = {.flags = SC_SEC_ENV_KEY_REF_PRESENT, .operation = SC_SEC_OPERATION_SIGN, .algorithm_flags = SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256, .key_ref = {KEY_AUTH}, .key_ref_len = 1};
	uint8_t hash[32] = {0}, signature[256];
	int r;

	session->card->drv_data = session;
	r = ops->set_security_env(session->card, &env, 0);
	return r < 0 ? r : ops->compute_signature(session->card, hash, sizeof(hash), signature, sizeof(signature));
}

/* The program's own entry has used up the missing try. Still, it is not known whether the PIN was changed since. */
static void
test_a_repeated_value_is_held_back_whoever_used_the_try(void **state)
{
	(void)state;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	pin_memory_note_refused(&session->pins.memories.of[PIN_AUTH], wrong_hash, 2);
	begin_another_transaction();
	scripted.twist = two_tries_left_and_not_verified;
	assert_int_equal(sign_by_driver(), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_PIN_CODE_INCORRECT);
	assert_int_equal(scripted.verified, 1);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(scripted.verified, 2);
}

/* The card has accepted the value in this transaction (`lock_login`), so nobody can have changed it: the program's own entry
 * has used up the missing try. */
static void
test_a_value_accepted_in_this_transaction_is_not_held_back(void **state)
{
	(void)state;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	pin_memory_note_refused(&session->pins.memories.of[PIN_AUTH], wrong_hash, 2);
	scripted.twist = two_tries_left_and_not_verified;
	assert_int_equal(sign_by_driver(), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(scripted.verified, 2);
}

/* Simulates what OpenSC does after a reset of the card: it reconnects, tells the driver, and ends the exchange. */
static int
reset_at_read(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_READ_BINARY)
		return SCRIPT_AS_USUAL;
	scripted.twist = NULL;
	scripted.number = OTHER_CARD;
	session_forget(session);
	return SC_ERROR_CARD_RESET;
}

static void
test_no_pin_for_a_card_that_came_with_a_reset(void **state)
{
	(void)state;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	begin_another_transaction();
	scripted.twist = reset_at_read;
	assert_int_equal(scripted_verify_again(PIN_AUTH), SC_ERROR_CARD_RESET);
	assert_int_equal(scripted_verify_again(PIN_AUTH), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted.verified, 1);
}

static int
keypad_reset(struct sc_reader *reader, struct sc_pin_cmd_data *data)
{
	(void)reader;
	(void)data;
	scripted.number = OTHER_CARD;
	return SC_ERROR_CARD_RESET;
}

static void
test_no_pin_for_a_card_that_came_at_the_keypad(void **state)
{
	struct sc_reader_operations keypad = {.perform_verify = keypad_reset};
	struct sc_pin_cmd_data data = {.cmd = SC_PIN_CMD_VERIFY, .flags = SC_PIN_CMD_USE_PINPAD, .pin_reference = PIN_AUTH};

	(void)state;
	session->card->reader->ops = &keypad;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(pin_command(session, &data), SC_ERROR_CARD_RESET);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted.verified, 0);
}

static unsigned signatures;

static int
count_signatures(sc_apdu_t *apdu)
{
	signatures += apdu->ins == INS_SIGN;
	return apdu->ins == INS_READ_BINARY ? reset_at_read(apdu) : SCRIPT_AS_USUAL;
}

/* This key needs no PIN, so only the identity check can keep another card from signing. */
static void
test_no_signature_by_a_card_that_came_with_a_reset(void **state)
{
	const sc_security_env_t env = {.flags = SC_SEC_ENV_KEY_REF_PRESENT, .operation = SC_SEC_OPERATION_SIGN, .algorithm_flags = SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256, .key_ref = {KEY_TEXT}, .key_ref_len = 1};
	uint8_t hash[32] = {0}, signature[256];

	(void)state;
	signatures = 0;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(scripted_verify(PIN_TEXT), SC_SUCCESS); /* the PIN makes the public key readable */
	assert_int_equal(sign_set_environment(session, &env), SC_SUCCESS);
	session->unchecked_signatures = 100; /* enough unchecked signatures to make reading the public key worthwhile */
	scripted.twist = count_signatures;
	assert_int_equal(sign_compute(session, hash, sizeof(hash), signature, sizeof(signature)), SC_ERROR_CARD_RESET);
	assert_int_equal(signatures, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_the_last_try_is_kept_for_a_signature_too, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_repeated_value_is_held_back_whoever_used_the_try, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_value_accepted_in_this_transaction_is_not_held_back, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_pin_for_a_card_that_came_with_a_reset, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_pin_for_a_card_that_came_at_the_keypad, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_signature_by_a_card_that_came_with_a_reset, scripted_setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

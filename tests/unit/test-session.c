/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the session with a card and reader that the virtual card cannot imitate: the card is replaced, always fails, or is
 * malicious. */
#include <string.h>

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "cmocka-all.h"

#include "card-driver/base/secret.h"
#include "card-driver/operations/files.h"
#include "card-driver/session/application.h"
#include "card-driver/session/load.h"
#include "card-driver/session/read.h"
#include "card-driver/content/identity.h"
#include "card-driver/content/fields.h"
#include "card-driver/content/public-key.h"
#include "card-driver/operations/sign.h"
#include "card-driver/trust/rsa-key.h"
#include "scripted-card.h"

/* Simulates what OpenSC does after the reader was plugged in again: it connects, tells the driver, and ends the exchange. */
static int
reattach(const sc_apdu_t *apdu, unsigned ins)
{
	if (apdu->ins != ins)
		return SCRIPT_AS_USUAL;
	scripted.twist = NULL;
	session_forget(session);
	return SC_ERROR_READER_REATTACHED;
}

static int
reattach_at_read(sc_apdu_t *apdu)
{
	return reattach(apdu, INS_READ_BINARY);
}

static void
test_nothing_is_read_into_what_was_forgotten(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	scripted.twist = reattach_at_read;
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_READER_REATTACHED);
	assert_int_equal(scripted.reads, 0);
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_SUCCESS);
	assert_int_equal(loaded->content.len, FILE_LEN);
}

static void
test_no_pin_for_another_card(void **state)
{
	(void)state;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	session_forget(session);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(scripted.verified, 2);
	session_forget(session);
	scripted.number = OTHER_CARD;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted_verify(PIN_TEXT), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted.verified, 2);
	scripted.number = ONE_CARD;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
}

static void
test_no_data_of_another_card(void **state)
{
	const struct card_file *file = card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	unsigned reads;

	(void)state;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(load_file(session, file, FILE_WHOLE, &loaded), SC_SUCCESS);
	reads = scripted.reads;
	session_forget(session);
	scripted.number = OTHER_CARD;
	assert_int_equal(load_file(session, file, FILE_WHOLE, &loaded), SC_ERROR_CARD_REMOVED);
	assert_int_equal(load_file(session, file, FILE_WHOLE, &loaded), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted.reads, reads);
	scripted.number = ONE_CARD;
	assert_int_equal(load_file(session, file, FILE_WHOLE, &loaded), SC_SUCCESS);
}

static int
fail_at_second_read(sc_apdu_t *apdu)
{
	return apdu->ins == INS_READ_BINARY && scripted.reads >= 1 ? SC_ERROR_TRANSMIT_FAILED : SCRIPT_AS_USUAL;
}

static void
test_no_serial_number_of_half_the_card(void **state)
{
	(void)state;
	scripted.number = NULL;
	scripted.twist = fail_at_second_read;
	assert_int_equal(identity_load(session), SC_ERROR_TRANSMIT_FAILED);
	scripted.twist = NULL;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(strlen(session->who.identity.serial), 16);
}

static int
refuse_reading(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_READ_BINARY)
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, SW_NOT_SATISFIED);
	return SC_SUCCESS;
}

static void
test_no_serial_number_of_nothing(void **state)
{
	(void)state;
	scripted.number = NULL;
	scripted.twist = refuse_reading;
	assert_int_equal(identity_load(session), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_false(session->who.identity.known);
}

static int
refuse_second_read(sc_apdu_t *apdu)
{
	return apdu->ins == INS_READ_BINARY && scripted.reads >= 1 ? refuse_reading(apdu) : SCRIPT_AS_USUAL;
}

/* Many cards have the same token information, so it cannot identify a card without the certificate. */
static void
test_no_serial_number_without_the_certificate(void **state)
{
	(void)state;
	scripted.number = NULL;
	scripted.twist = refuse_second_read;
	assert_int_equal(identity_load(session), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_false(session->who.identity.known);
}

/* All phones have the same serial number, so after a reset the driver cannot know that it is the same phone. */
static void
test_a_phone_that_was_reset_may_be_another(void **state)
{
	(void)state;
	session->card->type = CARD_TYPE_PHONE;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	session_forget(session);
	assert_int_equal(scripted_verify(PIN_AUTH), SC_ERROR_CARD_REMOVED);
	assert_int_equal(scripted.verified, 1);
}

/* The bytes may be the rest of a longer value that was there before. */
static void
test_bytes_behind_the_content_are_cleared(void **state)
{
	static const uint8_t longer[] = {1, 2, 3, 4, 5, 6, 7, 8};
	struct secret secret = {0};
	size_t i;

	(void)state;
	assert_true(secret_copy(&secret, longer, sizeof(longer)));
	secret_cut(&secret, 3);
	assert_int_equal(secret.len, 3);
	assert_memory_equal(secret.data, longer, 3);
	for (i = 3; i < sizeof(longer); i++)
		assert_int_equal(secret.data[i], 0);
	secret_clear(&secret);
	assert_null(secret.data);
}

static void
test_token_information_is_read_once(void **state)
{
	(void)state;
	scripted.number = NULL;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(scripted.reads, 3); /* one READ for the token information, and two for the certificate: its first 256 bytes and the rest */
}

/* Selects the name in the text application, which becomes readable with that application's PIN. */
static int
select_name(void)
{
	sc_path_t path = {.type = SC_PATH_TYPE_PATH, .value = {FIELD_NAME >> 8, FIELD_NAME & 0xFF}, .len = 2};
	sc_file_t *file = NULL;
	int r;

	session->settings.verify_records = VERIFY_NO;
	memcpy(path.aid.value, applications[APP_TEXT].aid, applications[APP_TEXT].aid_len);
	path.aid.len = applications[APP_TEXT].aid_len;
	r = files_select(session, &path, &file);
	sc_file_free(file);
	return r;
}

static void
test_a_value_goes_with_its_pin(void **state)
{
	uint8_t value[FILE_LEN];

	(void)state;
	assert_int_equal(scripted_verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(select_name(), SC_SUCCESS);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), VALUE_LEN);
	assert_int_equal(application_logout(session), SC_SUCCESS);
	assert_null(session->place.value.data);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_int_equal(scripted_verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), VALUE_LEN);
	session_forget(session);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
}

static int
no_card_manager(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_SELECT || apdu->p1 != SELECT_BY_NAME || apdu->datalen != 7)
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, SW_NO_FILE);
	return SC_SUCCESS;
}

static void
test_logout_without_a_card_manager(void **state)
{
	(void)state;
	scripted.twist = no_card_manager;
	assert_int_equal(scripted_verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(application_logout(session), SC_SUCCESS);
	assert_ptr_not_equal(scripted.selected, &applications[APP_JPKI]);
	assert_int_equal(scripted_verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(application_logout(session), SC_SUCCESS);
	assert_ptr_not_equal(scripted.selected, &applications[APP_TEXT]);
}

static int
no_short_identifiers(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_READ_BINARY || !(apdu->p1 & BY_SFI))
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, SW_NO_OFFSET);
	return SC_SUCCESS;
}

static void
test_a_refused_offset_is_no_empty_file(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	scripted.twist = no_short_identifiers;
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_SUCCESS);
	assert_int_equal(loaded->content.len, FILE_LEN);
}

static int
no_file(sc_apdu_t *apdu)
{
	if (apdu->ins == INS_SELECT && apdu->p1 == SELECT_BY_NAME)
		return SCRIPT_AS_USUAL;
	scripted_answer(apdu, SW_NO_FILE);
	return SC_SUCCESS;
}

static void
test_an_absent_file_says_nothing_of_extended_length(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	scripted.twist = no_file;
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_FILE_NOT_FOUND);
	scripted.twist = NULL;
	assert_in_range(read_answer_max(session), SHORT_ANSWER_MAX + 1, EXTENDED_ANSWER_MAX);
}

static void
test_reading_ends(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	scripted.read_max = 1;
	assert_int_equal(load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_in_range(scripted.reads, 1, 300);
}

/* A program checks OpenSSL's error queue after its own calls, so the module must not leave errors there. */
static void
test_openssl_errors_are_the_programs(void **state)
{
	EVP_PKEY *public = NULL;
	unsigned long own;

	(void)state;
	ERR_clear_error();
	ERR_raise(ERR_LIB_USER, 42);
	own = ERR_peek_error();
	assert_int_equal(public_key_load(session, card_key_find(KEY_AUTH), &public), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_int_equal(ERR_peek_last_error(), own);
	public = EVP_RSA_gen(1024);
	assert_false(rsa_key_signed(public, (const uint8_t *)"data", 4, (const uint8_t *)"signature", 9));
	EVP_PKEY_free(public);
	assert_int_equal(ERR_get_error(), own);
	assert_int_equal(ERR_get_error(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_nothing_is_read_into_what_was_forgotten, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_pin_for_another_card, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_data_of_another_card, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_serial_number_of_half_the_card, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_serial_number_of_nothing, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_no_serial_number_without_the_certificate, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_phone_that_was_reset_may_be_another, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_bytes_behind_the_content_are_cleared, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_token_information_is_read_once, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_value_goes_with_its_pin, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_logout_without_a_card_manager, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_refused_offset_is_no_empty_file, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_an_absent_file_says_nothing_of_extended_length, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_reading_ends, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_openssl_errors_are_the_programs, scripted_setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

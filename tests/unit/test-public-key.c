/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the public keys of the card: each is decoded once, and never outlives the file that it comes from. */
#include "card-driver/content/public-key.h"

#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "cmocka-all.h"

#include "scripted-card.h"

/* Puts DATA into the session as the whole content of a file, as if it had been read. */
static void
provide(const struct card_key *key, const void *data, size_t len)
{
	struct loaded_file *loaded = session_loaded(session, card_file_find(key->app, key->public_key));

	assert_non_null(loaded);
	secret_clear(&loaded->content);
	assert_true(secret_copy(&loaded->content, data, len));
	loaded->whole = true;
}

/* Puts a certificate for KEY into the session. */
static void
provide_certificate(const struct card_key *file, EVP_PKEY *key)
{
	X509 *x509 = X509_new();
	unsigned char *der = NULL;
	EVP_PKEY *issuer = EVP_RSA_gen(1024);
	int len;

	assert_non_null(ASN1_TIME_set(X509_getm_notBefore(x509), 0));
	assert_non_null(ASN1_TIME_set(X509_getm_notAfter(x509), 0));
	assert_int_equal(X509_set_pubkey(x509, key), 1);
	assert_true(X509_sign(x509, issuer, EVP_sha256()) > 0);
	len = i2d_X509(x509, &der);
	assert_true(len > 0);
	provide(file, der, (size_t)len);
	OPENSSL_free(der);
	EVP_PKEY_free(issuer);
	X509_free(x509);
}

static EVP_PKEY *
load(const struct card_key *key)
{
	EVP_PKEY *public = NULL;

	assert_int_equal(public_key_load(session, key, &public), SC_SUCCESS);
	assert_non_null(public);
	return public;
}

static void
test_a_key_is_decoded_once(void **state)
{
	const struct card_key *key = card_key_find(KEY_AUTH);
	EVP_PKEY *made = EVP_RSA_gen(1024), *first, *second;

	(void)state;
	provide_certificate(key, made);
	first = load(key);
	second = load(key);
	assert_ptr_equal(first, second);
	assert_int_equal(EVP_PKEY_eq(first, made), 1);
	EVP_PKEY_free(first);
	EVP_PKEY_free(second);
	EVP_PKEY_free(made);
}

/* After a reset, the card may be another one. A signature that still uses the key keeps its reference. */
static void
test_a_key_goes_with_its_file(void **state)
{
	const struct card_key *key = card_key_find(KEY_AUTH);
	EVP_PKEY *made = EVP_RSA_gen(1024), *other = EVP_RSA_gen(1024), *first, *second;

	(void)state;
	provide_certificate(key, made);
	first = load(key);
	session_forget(session);
	provide_certificate(key, other);
	second = load(key);
	assert_int_equal(EVP_PKEY_eq(first, made), 1);
	assert_int_equal(EVP_PKEY_eq(second, other), 1);
	EVP_PKEY_free(first);
	EVP_PKEY_free(second);
	EVP_PKEY_free(made);
	EVP_PKEY_free(other);
}

/* The signature certificate can be read only after its PIN, and its key can be used only as long. */
static void
test_a_key_goes_with_its_pin(void **state)
{
	const struct card_key *key = card_key_find(KEY_SIGN);
	EVP_PKEY *made = EVP_RSA_gen(1024), *public = NULL;

	(void)state;
	session_note_pin(session, key->pin, true, -1);
	provide_certificate(key, made);
	EVP_PKEY_free(load(key));
	session_note_lost(session, PIN_BIT(key->pin));
	assert_int_equal(public_key_load(session, key, &public), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_null(public);
	EVP_PKEY_free(made);
}

/* No key of the card is one of elliptic curves, so that such a certificate is not of this card. */
static void
test_only_rsa_keys_are_keys(void **state)
{
	const struct card_key *key = card_key_find(KEY_AUTH);
	struct rsa_numbers numbers;
	EVP_PKEY *made = EVP_EC_gen("P-256"), *public = NULL;

	(void)state;
	provide_certificate(key, made);
	assert_int_equal(public_key_numbers(session, key, &numbers), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_int_equal(public_key_load(session, key, &public), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_null(public);
	EVP_PKEY_free(made);
}

/* Records contain the key in another form. */
static void
test_the_key_of_a_record(void **state)
{
	static const uint8_t record[] = {0xFF, 0x50, 0x0A, 0xDF, 0x51, 0x07, 0x90, 0x01, 0x03, 0x91, 0x02, 0x01, 0x11};
	const struct card_key *key = card_key_find(KEY_TEXT);
	struct rsa_numbers numbers;
	EVP_PKEY *first, *second;

	(void)state;
	session_note_pin(session, PIN_TEXT, true, -1);
	provide(key, record, sizeof(record));
	assert_int_equal(public_key_numbers(session, key, &numbers), SC_SUCCESS);
	assert_int_equal(rsa_numbers_bits(&numbers), 9);
	first = load(key);
	second = load(key);
	assert_int_equal(EVP_PKEY_get_bits(first), 9);
	assert_ptr_equal(first, second);
	EVP_PKEY_free(first);
	EVP_PKEY_free(second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_a_key_is_decoded_once, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_key_goes_with_its_file, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_a_key_goes_with_its_pin, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_only_rsa_keys_are_keys, scripted_setup, scripted_teardown),
			cmocka_unit_test_setup_teardown(test_the_key_of_a_record, scripted_setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

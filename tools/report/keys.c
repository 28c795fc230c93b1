/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reports on signatures after a PIN is verified, and on the events that end the verification. */
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "card-driver/trust/x509-certificate.h"
#include "pins.h"
#include "probes.h"
#include "facts.h"

#define INS_SIGN	  0x2A
#define KEY_OF_CURRENT_EF 0x80
#define KEY_LEN		  256

static const uint8_t message[] = "opensc-mynumber-report signs this sentence, which says nothing.";

enum input {
	INPUT_DIGEST_INFO,
	INPUT_HASH,
	INPUT_MESSAGE
};

/* The input and the padding for each P1 of COMPUTE DIGITAL SIGNATURE. */
static const struct {
	unsigned p1;
	const char *fact;
	enum input input;
	int padding;
	bool bare; /* the hash without DigestInfo */
} signature_methods[] = {
		{0x00, "6.2", INPUT_DIGEST_INFO, RSA_PKCS1_PADDING, false},
		{0x01, "6.3", INPUT_MESSAGE, RSA_PKCS1_PADDING, true},
		{0x02, "6.3", INPUT_HASH, RSA_PKCS1_PADDING, false},
		{0x03, "6.3", INPUT_MESSAGE, RSA_PKCS1_PADDING, false},
		{0x04, "6.4", INPUT_HASH, RSA_PKCS1_PSS_PADDING, false},
		{0x05, "6.4", INPUT_MESSAGE, RSA_PKCS1_PSS_PADDING, false},
};

/* True if SIGNATURE is a valid signature of the message by KEY, with the padding of signature method I. */
static bool
signature_verifies(EVP_PKEY *key, const uint8_t *signature, size_t len, size_t i)
{
	EVP_PKEY_CTX *ctx = crypto_operation(key);
	uint8_t hash[SHA256_LEN];
	bool good = ctx != NULL && crypto_hash(message, sizeof(message), hash) == SC_SUCCESS && EVP_PKEY_verify_init(ctx) == 1 && EVP_PKEY_CTX_set_rsa_padding(ctx, signature_methods[i].padding) == 1;

	if (good && signature_methods[i].padding == RSA_PKCS1_PSS_PADDING)
		good = EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, SHA256_LEN) == 1;
	if (good && !signature_methods[i].bare)
		good = EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1;
	good = good && EVP_PKEY_verify(ctx, signature, len, hash, sizeof(hash)) == 1;
	EVP_PKEY_CTX_free(ctx);
	return good;
}

/* Signs the message with the selected key. Returns the status word; link.answer gets the signature. */
static unsigned
sign_message(struct report *report, unsigned p1, enum input input)
{
	uint8_t hash[SHA256_LEN];

	if (input == INPUT_MESSAGE)
		return link_send(&report->link, 0x80, INS_SIGN, p1, KEY_OF_CURRENT_EF, message, sizeof(message), SHORT_ANSWER_MAX);
	if (crypto_hash(message, sizeof(message), hash) < 0)
		return SW_NO_ANSWER;
	if (input == INPUT_HASH)
		return link_send(&report->link, 0x80, INS_SIGN, p1, KEY_OF_CURRENT_EF, hash, sizeof(hash), SHORT_ANSWER_MAX);
	return link_sign_hash(&report->link, KEY_OF_CURRENT_EF, hash);
}

static EVP_PKEY *
read_certificate_key(struct report *report, unsigned certificate)
{
	const struct answer *answer = &report->link.answer;
	struct x509_certificate x509;

	if (link_select_ef(&report->link, certificate) != SW_OK || !probe_read_all(report))
		return NULL;
	return x509_certificate_parse(answer->data, answer->len, &x509) == 0 ? x509_certificate_key(&x509) : NULL;
}

/* Selects the key file of JPKI and signs with P1 = 00. Returns the status word. */
static unsigned
sign_with_key_file(struct report *report, unsigned key_file)
{
	return link_select_ef(&report->link, key_file) == SW_OK ? sign_message(report, signature_methods[0].p1, signature_methods[0].input) : report->link.answer.sw;
}

static void
probe_signature_methods(struct report *report, EVP_PKEY *key)
{
	const struct answer *answer = &report->link.answer;
	bool good;
	unsigned sw;
	size_t i;

	for (i = 0; i < COUNT(signature_methods); i++) {
		sw = sign_message(report, signature_methods[i].p1, signature_methods[i].input);
		good = sw == SW_OK && key != NULL && signature_verifies(key, answer->data, answer->len, i);
		report_fact(result_of_check(good), signature_methods[i].fact, "80 2A P1 = %02X: %04X, %zu bytes, %s", signature_methods[i].p1, sw, answer->len,
				good ? "the signature verifies" : "no signature as expected");
	}
	sw = sign_message(report, COUNT(signature_methods), INPUT_HASH);
	report_fact(result_of_check(sw == SW_WRONG_P1P2), "6.5", "80 2A P1 = %02zX answers %04X", COUNT(signature_methods), sw);
}

/* Reports whether a verification was kept or lost, by the answer SW to a signature. */
static void
report_verification_kept(const char *fact, bool kept, unsigned sw, const char *event)
{
	bool lost = sw == SW_NOT_VERIFIED;

	report_fact(sw == SW_OK || lost ? result_of_check(lost != kept) : CONTRADICTED, fact, "the verification after %s: %s (%04X)", event,
			sw == SW_OK ? "kept" : lost ? "lost"
						    : "unclear",
			sw);
}

/* Tries an event only if the PIN is still verified after the one before, because the PIN is sent only once. */
static void
probe_verification_kept(struct report *report, unsigned key_file)
{
	enum report_app other = report->present[REPORT_TEXT] ? REPORT_TEXT : REPORT_SURFACE;

	report_verification_kept("4.16", true, sign_with_key_file(report, key_file), "other files and signatures");
	probe_select(report, REPORT_JPKI);
	report_verification_kept("4.17", true, sign_with_key_file(report, key_file), "SELECT of the same application");
	if (report->link.answer.sw != SW_OK)
		return report_fact(NOT_TRIED, "4.19", "a warm reset, as the PIN is not verified any more");
	if (link_reset(&report->link, false) && probe_select(report, REPORT_JPKI) == SW_OK)
		report_verification_kept("4.19", true, sign_with_key_file(report, key_file), "a warm reset");
	if (report->link.answer.sw != SW_OK || !report->present[other])
		return report_fact(NOT_TRIED, "4.18", "SELECT of another application");
	probe_select(report, other);
	if (probe_select(report, REPORT_JPKI) == SW_OK)
		report_verification_kept("4.18", false, sign_with_key_file(report, key_file), "SELECT of another application");
}

static void
report_key_size(EVP_PKEY *key, const char *name)
{
	int bits = key == NULL ? 0 : EVP_PKEY_get_bits(key);

	report_fact(result_of_check(bits == 8 * KEY_LEN && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA), "6.7", "%s key: %d bits", name, bits);
}

void
probe_auth_key(struct report *report)
{
	EVP_PKEY *key;
	unsigned sw;

	if (!report->present[REPORT_JPKI] || probe_select(report, REPORT_JPKI) != SW_OK)
		return;
	sw = sign_with_key_file(report, 0x0017);
	report_fact(result_of_check(sw == SW_NOT_VERIFIED), "6.5", "80 2A without a PIN answers %04X", sw);
	if (!pin_was_entered(report, REPORT_PIN_AUTH))
		return report_fact(NOT_TRIED, "6.2", "no user authentication PIN was typed");
	if (!pin_verify(report, REPORT_PIN_AUTH))
		return;
	key = read_certificate_key(report, 0x000A);
	report_key_size(key, "user authentication");
	if (link_select_ef(&report->link, 0x0017) == SW_OK) {
		probe_signature_methods(report, key);
		sw = sign_message(report, signature_methods[0].p1, signature_methods[0].input);
		report_fact(result_of_check(sw == SW_OK), "6.6", "another signature after the same VERIFY: %04X", sw);
		probe_verification_kept(report, 0x0017);
	}
	EVP_PKEY_free(key);
}

static bool
has_signature_key_pair(struct report *report)
{
	probe_select(report, REPORT_JPKI);
	return link_select_ef(&report->link, 0x0001) != SW_NOT_FOUND || link_select_ef(&report->link, 0x001A) != SW_NOT_FOUND;
}

void
probe_sign_key(struct report *report)
{
	EVP_PKEY *key;
	unsigned sw;

	if (!report->present[REPORT_JPKI])
		return;
	if (!pin_was_entered(report, REPORT_PIN_SIGN))
		return report_fact(NOT_TRIED, "3.1", "no digital signature PIN was typed");
	if (!has_signature_key_pair(report))
		return report_fact(ABSENT, "3.1", "neither signature certificate nor key are there, so the digital signature PIN is not sent");
	if (!pin_verify(report, REPORT_PIN_SIGN))
		return;
	key = read_certificate_key(report, 0x0001);
	report_fact(result_of_check(key != NULL), "3.1", "signature certificate with its PIN: %zu bytes", report->link.answer.len);
	if (key != NULL)
		report_key_size(key, "digital signature");
	sw = sign_with_key_file(report, 0x001A);
	report_fact(result_of_check(sw == SW_OK && key != NULL && signature_verifies(key, report->link.answer.data, report->link.answer.len, 0)), "6.2",
			"80 2A with the digital signature key: %04X, %zu bytes", sw, report->link.answer.len);
	EVP_PKEY_free(key);
}

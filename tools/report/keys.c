/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the keys do once a PIN is verified, and how long the verification lasts. */
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "card-driver/x509-certificate.h"
#include "pins.h"
#include "probes.h"
#include "verdict.h"

#define INS_SIGN	  0x2A
#define KEY_OF_CURRENT_EF 0x80
#define KEY_LEN		  256

static const uint8_t message[] = "opensc-mynumber-report signs this sentence, which says nothing.";

enum input {
	INPUT_DIGEST_INFO,
	INPUT_HASH,
	INPUT_MESSAGE
};

/* What each P1 of COMPUTE DIGITAL SIGNATURE takes and makes. */
static const struct {
	unsigned p1;
	const char *fact;
	enum input input;
	int padding;
	bool bare; /* the hash without DigestInfo */
} methods[] = {
		{0x00, "6.2", INPUT_DIGEST_INFO, RSA_PKCS1_PADDING, false},
		{0x01, "6.3", INPUT_MESSAGE, RSA_PKCS1_PADDING, true},
		{0x02, "6.3", INPUT_HASH, RSA_PKCS1_PADDING, false},
		{0x03, "6.3", INPUT_MESSAGE, RSA_PKCS1_PADDING, false},
		{0x04, "6.4", INPUT_HASH, RSA_PKCS1_PSS_PADDING, false},
		{0x05, "6.4", INPUT_MESSAGE, RSA_PKCS1_PSS_PADDING, false},
};

/* True if SIGNATURE is one of the message by KEY; with PSS of any salt, whose length goes to *SALT. */
static bool
is_signature(EVP_PKEY *key, const uint8_t *signature, size_t len, size_t i)
{
	EVP_PKEY_CTX *ctx = crypto_operation(key);
	uint8_t hash[SHA256_LEN];
	bool good = ctx != NULL && crypto_hash(message, sizeof(message), hash) == SC_SUCCESS && EVP_PKEY_verify_init(ctx) == 1 && EVP_PKEY_CTX_set_rsa_padding(ctx, methods[i].padding) == 1;

	if (good && methods[i].padding == RSA_PKCS1_PSS_PADDING)
		good = EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, SHA256_LEN) == 1;
	if (good && !methods[i].bare)
		good = EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1;
	good = good && EVP_PKEY_verify(ctx, signature, len, hash, sizeof(hash)) == 1;
	EVP_PKEY_CTX_free(ctx);
	return good;
}

/* Signs with the selected key. The status word; the signature is in link.answer. */
static unsigned
sign(struct report *report, unsigned p1, enum input input)
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
read_public_key(struct report *report, unsigned certificate)
{
	const struct answer *answer = &report->link.answer;
	struct x509_certificate x509;

	if (link_select_ef(&report->link, certificate) != SW_OK || !probe_read_all(report))
		return NULL;
	return x509_certificate_parse(answer->data, answer->len, &x509) == 0 ? x509_certificate_key(&x509) : NULL;
}

/* The status word of a signature by P1 = 00 with the key EF, of JPKI, which is selected. */
static unsigned
sign_with(struct report *report, unsigned key_file)
{
	return link_select_ef(&report->link, key_file) == SW_OK ? sign(report, methods[0].p1, methods[0].input) : report->link.answer.sw;
}

static void
probe_methods(struct report *report, EVP_PKEY *key)
{
	const struct answer *answer = &report->link.answer;
	bool good;
	unsigned sw;
	size_t i;

	for (i = 0; i < COUNT(methods); i++) {
		sw = sign(report, methods[i].p1, methods[i].input);
		good = sw == SW_OK && key != NULL && is_signature(key, answer->data, answer->len, i);
		verdict(verdict_of(good), methods[i].fact, "80 2A P1 = %02X: %04X, %zu bytes, %s", methods[i].p1, sw, answer->len,
				good ? "the signature verifies" : "no signature as expected");
	}
	sw = sign(report, COUNT(methods), INPUT_HASH);
	verdict(verdict_of(sw == SW_WRONG_P1P2), "6.5", "80 2A P1 = %02zX answers %04X", COUNT(methods), sw);
}

/* A verification that ought to be kept, or lost: seen by signing. */
static void
report_lasting(const char *fact, bool kept, unsigned sw, const char *event)
{
	bool lost = sw == SW_NOT_VERIFIED;

	verdict(sw == SW_OK || lost ? verdict_of(lost != kept) : CONTRADICTED, fact, "the verification after %s: %s (%04X)", event,
			sw == SW_OK ? "kept" : lost ? "lost"
						    : "unclear",
			sw);
}

/* Each event only where the one before left the PIN verified: it is not sent again. */
static void
probe_lasting(struct report *report, unsigned key_file)
{
	enum report_app other = report->present[REPORT_TEXT] ? REPORT_TEXT : REPORT_SURFACE;

	report_lasting("4.16", true, sign_with(report, key_file), "other files and signatures");
	probe_select(report, REPORT_JPKI);
	report_lasting("4.17", true, sign_with(report, key_file), "SELECT of the same application");
	if (report->link.answer.sw != SW_OK)
		return verdict(NOT_TRIED, "4.19", "a warm reset, as the PIN is not verified any more");
	if (link_reset(&report->link, false) && probe_select(report, REPORT_JPKI) == SW_OK)
		report_lasting("4.19", true, sign_with(report, key_file), "a warm reset");
	if (report->link.answer.sw != SW_OK || !report->present[other])
		return verdict(NOT_TRIED, "4.18", "SELECT of another application");
	probe_select(report, other);
	if (probe_select(report, REPORT_JPKI) == SW_OK)
		report_lasting("4.18", false, sign_with(report, key_file), "SELECT of another application");
}

static void
report_key(EVP_PKEY *key, const char *name)
{
	int bits = key == NULL ? 0 : EVP_PKEY_get_bits(key);

	verdict(verdict_of(bits == 8 * KEY_LEN && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA), "6.7", "%s key: %d bits", name, bits);
}

void
probe_auth_key(struct report *report)
{
	EVP_PKEY *key;
	unsigned sw;

	if (!report->present[REPORT_JPKI] || probe_select(report, REPORT_JPKI) != SW_OK)
		return;
	sw = sign_with(report, 0x0017);
	verdict(verdict_of(sw == SW_NOT_VERIFIED), "6.5", "80 2A without a PIN answers %04X", sw);
	if (!pin_typed(report, REPORT_PIN_AUTH))
		return verdict(NOT_TRIED, "6.2", "no user authentication PIN was typed");
	if (!pin_verify(report, REPORT_PIN_AUTH))
		return;
	key = read_public_key(report, 0x000A);
	report_key(key, "user authentication");
	if (link_select_ef(&report->link, 0x0017) == SW_OK) {
		probe_methods(report, key);
		sw = sign(report, methods[0].p1, methods[0].input);
		verdict(verdict_of(sw == SW_OK), "6.6", "another signature after the same VERIFY: %04X", sw);
		probe_lasting(report, 0x0017);
	}
	EVP_PKEY_free(key);
}

static bool
has_sign_pair(struct report *report)
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
	if (!pin_typed(report, REPORT_PIN_SIGN))
		return verdict(NOT_TRIED, "3.1", "no digital signature PIN was typed");
	if (!has_sign_pair(report))
		return verdict(ABSENT, "3.1", "neither signature certificate nor key are there, so the digital signature PIN is not sent");
	if (!pin_verify(report, REPORT_PIN_SIGN))
		return;
	key = read_public_key(report, 0x0001);
	verdict(verdict_of(key != NULL), "3.1", "signature certificate with its PIN: %zu bytes", report->link.answer.len);
	if (key != NULL)
		report_key(key, "digital signature");
	sw = sign_with(report, 0x001A);
	verdict(verdict_of(sw == SW_OK && key != NULL && is_signature(key, report->link.answer.data, report->link.answer.len, 0)), "6.2",
			"80 2A with the digital signature key: %04X, %zu bytes", sw, report->link.answer.len);
	EVP_PKEY_free(key);
}

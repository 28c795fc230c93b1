/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates: their parts are what OpenSSL takes them for, and no changed or cut one counts as signed. */
#include <stdlib.h>
#include <string.h>

#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "cmocka-all.h"

#include "card-driver/x509-certificate.h"
#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define PADDING		 16
#define HEADER_LEN	 4    /* of both outermost objects: 30 82 and two bytes */
#define SHA384_WITH_RSA	 0x0C /* last byte of the OID; of SHA-256 it is 0B */

struct sample {
	long version;
	const char *from, *to; /* from 2050 on a GeneralizedTime */
	bool by_rsa;
};

static const struct sample samples[] = {
		{X509_VERSION_3, "20250703000000Z", "20350703145959Z", true},
		{X509_VERSION_1, "20250703000000Z", "20350703145959Z", true},
		{X509_VERSION_3, "20500101000000Z", "20600101000000Z", true},
		{X509_VERSION_3, "20250703000000Z", "20500101000000Z", false},
};

static EVP_PKEY *rsa, *other_rsa, *ec;

static int
make_keys(void **state)
{
	(void)state;
	rsa = EVP_RSA_gen(2048);
	other_rsa = EVP_RSA_gen(2048);
	ec = EVP_EC_gen("P-256");
	return rsa == NULL || other_rsa == NULL || ec == NULL;
}

static int
free_keys(void **state)
{
	(void)state;
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(other_rsa);
	EVP_PKEY_free(ec);
	return 0;
}

static EVP_PKEY *
issuer_of(const struct sample *sample)
{
	return sample->by_rsa ? rsa : ec;
}

/* Of an RSA key as on cards; the issuer's may be of another kind. */
static X509 *
make(const struct sample *sample)
{
	X509 *x509 = X509_new();
	X509_NAME *name = X509_get_subject_name(x509);

	assert_int_equal(X509_set_version(x509, sample->version), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(x509), 0x010203), 1);
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"a name", -1, -1, 0), 1);
	assert_int_equal(X509_set_issuer_name(x509, name), 1);
	assert_int_equal(ASN1_TIME_set_string_X509(X509_getm_notBefore(x509), sample->from), 1);
	assert_int_equal(ASN1_TIME_set_string_X509(X509_getm_notAfter(x509), sample->to), 1);
	assert_int_equal(X509_set_pubkey(x509, other_rsa), 1);
	assert_true(X509_sign(x509, issuer_of(sample), EVP_sha256()) > 0);
	return x509;
}

static void
expect_date(const struct tlv *part, const ASN1_TIME *date)
{
	assert_int_equal(part->tag, date->type);
	assert_int_equal(part->len, date->length);
	assert_memory_equal(part->value, date->data, part->len);
}

static void
expect_parts(X509 *x509, const struct x509_certificate *certificate)
{
	EVP_PKEY *key = x509_certificate_key(certificate);
	unsigned char *body = NULL;
	int len = i2d_re_X509_tbs(x509, &body);

	assert_int_equal(certificate->body.header + certificate->body.len, len);
	assert_memory_equal(certificate->body.start, body, certificate->body.header + certificate->body.len);
	expect_date(&certificate->not_before, X509_get0_notBefore(x509));
	expect_date(&certificate->not_after, X509_get0_notAfter(x509));
	assert_int_equal(EVP_PKEY_eq(key, X509_get0_pubkey(x509)), 1);
	OPENSSL_free(body);
	EVP_PKEY_free(key);
}

static void
parts_are_those_that_openssl_finds(void **state)
{
	struct x509_certificate certificate;
	unsigned char *der, padded[2048] = {0};
	size_t i;
	int len;

	(void)state;
	for (i = 0; i < LENGTH_OF(samples); i++) {
		X509 *x509 = make(&samples[i]);

		der = NULL;
		len = i2d_X509(x509, &der);
		assert_true(len > 0 && (size_t)len + PADDING <= sizeof(padded));
		memcpy(padded, der, (size_t)len);
		assert_int_equal(x509_certificate_parse(padded, (size_t)len + PADDING, &certificate), 0);
		assert_int_equal(certificate.whole.header + certificate.whole.len, len);
		expect_parts(x509, &certificate);
		assert_true(x509_certificate_signed_by(&certificate, issuer_of(&samples[i])));
		assert_false(x509_certificate_signed_by(&certificate, other_rsa));
		OPENSSL_free(der);
		X509_free(x509);
	}
}

/* Its first bytes tell the date as soon as they hold it, and then always the same. */
static void
a_cut_certificate_is_none(void **state)
{
	X509 *x509 = make(&samples[0]);
	struct x509_certificate certificate;
	unsigned char *der = NULL;
	size_t whole = (size_t)i2d_X509(x509, &der), len, dated = 0;
	struct tlv date;

	(void)state;
	assert_int_equal(x509_certificate_parse(NULL, 0, &certificate), -1);
	assert_int_equal(x509_certificate_not_before(NULL, 0, &date), -1);
	for (len = 0; len < whole; len++) {
		uint8_t *copy = exact_copy(der, len);

		assert_int_equal(x509_certificate_parse(copy, len, &certificate), -1);
		if (x509_certificate_not_before(copy, len, &date) == 0) {
			expect_date(&date, X509_get0_notBefore(x509));
			dated++;
		}
		free(copy);
	}
	assert_true(dated > 0 && dated < whole);
	OPENSSL_free(der);
	X509_free(x509);
}

static void
no_changed_bit_is_signed(void **state)
{
	X509 *x509 = make(&samples[0]);
	struct x509_certificate certificate;
	unsigned char *der = NULL;
	size_t len = (size_t)i2d_X509(x509, &der), bit;

	(void)state;
	for (bit = 0; bit < 8 * len; bit += bit < 8 * (size_t)2 * HEADER_LEN ? 1 : 7) {
		uint8_t *copy = exact_copy(der, len);

		copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (x509_certificate_parse(copy, len, &certificate) == 0 && x509_certificate_signed_by(&certificate, rsa))
			fail_msg("signed after a change of bit %zu", bit);
		free(copy);
	}
	OPENSSL_free(der);
	X509_free(x509);
}

/* As if somebody had named another algorithm outside, where nothing is signed. */
static void
two_names_of_the_algorithm_are_not_signed(void **state)
{
	X509 *x509 = make(&samples[0]);
	struct x509_certificate certificate;
	unsigned char *der = NULL;
	size_t len = (size_t)i2d_X509(x509, &der);
	uint8_t *inner;

	(void)state;
	assert_int_equal(x509_certificate_parse(der, len, &certificate), 0);
	assert_true(x509_certificate_signed_by(&certificate, rsa));
	inner = exact_copy(certificate.body_algorithm.value, certificate.body_algorithm.len);
	inner[certificate.body_algorithm.len - 1 - 2] = SHA384_WITH_RSA; /* NULL has two bytes */
	certificate.body_algorithm.value = inner;
	assert_false(x509_certificate_signed_by(&certificate, rsa));
	free(inner);
	OPENSSL_free(der);
	X509_free(x509);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(parts_are_those_that_openssl_finds),
			cmocka_unit_test(a_cut_certificate_is_none),
			cmocka_unit_test(no_changed_bit_is_signed),
			cmocka_unit_test(two_names_of_the_algorithm_are_not_signed),
	};

	return cmocka_run_group_tests(tests, make_keys, free_keys);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests X.509 certificates: the parser finds the same parts as OpenSSL, and a changed or cut certificate never counts as
 * signed. */
#include <stdlib.h>
#include <string.h>

#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "cmocka-all.h"

#include "card-driver/trust/x509-certificate.h"
#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define PADDING		 16
#define HEADER_LEN	 4    /* length of the header of both outermost objects: 30 82 and two bytes */
#define SHA384_WITH_RSA	 0x0C /* last byte of the OID; for SHA-256 it is 0B */

struct sample {
	long version;
	const char *from, *to; /* dates from 2050 on are a GeneralizedTime */
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

/* Makes a certificate for an RSA key as on cards; the issuer's key may be of another kind. */
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

/* A prefix of a certificate yields its date as soon as it contains the date, and always the same one. */
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

/* Simulates a change of the outer algorithm identifier, which is not signed. */
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
	inner[certificate.body_algorithm.len - 1 - 2] = SHA384_WITH_RSA; /* the two bytes behind the OID are NULL */
	certificate.body_algorithm.value = inner;
	assert_false(x509_certificate_signed_by(&certificate, rsa));
	free(inner);
	OPENSSL_free(der);
	X509_free(x509);
}

static void
add_extension(X509 *x509, X509 *issuer, int nid, const char *value)
{
	X509_EXTENSION *extension;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, x509, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	assert_non_null(extension);
	assert_int_equal(X509_add_ext(x509, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

/* Makes a certificate of other_rsa signed by rsa that has both key identifiers, in the given order, and rsa's own
 * certificate. */
static X509 *
make_naming(bool own_first, X509 **issuer)
{
	X509 *x509 = make(&samples[0]);
	int i;

	*issuer = make(&samples[0]);
	assert_int_equal(X509_set_pubkey(*issuer, rsa), 1);
	add_extension(*issuer, *issuer, NID_subject_key_identifier, "hash");
	for (i = 0; i < 2; i++)
		if ((i == 0) == own_first)
			add_extension(x509, *issuer, NID_subject_key_identifier, "hash");
		else
			add_extension(x509, *issuer, NID_authority_key_identifier, "keyid:always");
	add_extension(x509, NULL, NID_key_usage, "critical,digitalSignature");
	assert_true(X509_sign(x509, rsa, EVP_sha256()) > 0);
	assert_true(X509_sign(*issuer, rsa, EVP_sha256()) > 0);
	return x509;
}

static void
parse(X509 *x509, unsigned char **der, struct x509_certificate *certificate)
{
	int len;

	*der = NULL;
	len = i2d_X509(x509, der);
	assert_true(len > 0);
	assert_int_equal(x509_certificate_parse(*der, (size_t)len, certificate), 0);
}

/* Each bit of the identifiers counts, and a key other than the named one is refused. */
static void
key_identifiers_name_two_keys(void **state)
{
	struct x509_certificate certificate, ca;
	unsigned char *der, *ca_der;
	const uint8_t *start;
	X509 *x509, *issuer;
	size_t len, i, changes;
	int first;

	(void)state;
	for (first = 0; first < 2; first++) {
		x509 = make_naming(first == 0, &issuer);
		parse(x509, &der, &certificate);
		parse(issuer, &ca_der, &ca);
		assert_true(x509_certificate_names_keys(&certificate, &ca));
		assert_false(x509_certificate_names_keys(&certificate, &certificate));
		assert_false(x509_certificate_names_keys(&ca, &ca));
		assert_int_equal(x509_certificate_key_identifiers(&ca, &start, &len), -1);
		assert_int_equal(x509_certificate_key_identifiers(&certificate, &start, &len), 0);
		for (i = 0, changes = 0; i < len; i++) {
			der[start - der + (ptrdiff_t)i] ^= 1;
			changes += !x509_certificate_names_keys(&certificate, &ca);
			der[start - der + (ptrdiff_t)i] ^= 1;
		}
		assert_true(changes >= 2 * 20);
		assert_true(x509_certificate_names_keys(&certificate, &ca));
		OPENSSL_free(der);
		OPENSSL_free(ca_der);
		X509_free(x509);
		X509_free(issuer);
	}
}

static void
an_extension_that_is_there_twice_is_none(void **state)
{
	static const uint8_t oid_key_usage[] = {0x55, 0x1D, 0x0F};
	struct x509_certificate certificate;
	struct x509_extension extension;
	X509 *x509 = make(&samples[0]);
	unsigned char *der;

	(void)state;
	add_extension(x509, NULL, NID_key_usage, "critical,digitalSignature");
	assert_true(X509_sign(x509, rsa, EVP_sha256()) > 0);
	parse(x509, &der, &certificate);
	assert_int_equal(x509_certificate_extension(&certificate, oid_key_usage, sizeof(oid_key_usage), &extension), 0);
	assert_true(extension.critical);
	OPENSSL_free(der);
	add_extension(x509, NULL, NID_key_usage, "keyCertSign");
	assert_true(X509_sign(x509, rsa, EVP_sha256()) > 0);
	parse(x509, &der, &certificate);
	assert_int_equal(x509_certificate_extension(&certificate, oid_key_usage, sizeof(oid_key_usage), &extension), -1);
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
			cmocka_unit_test(key_identifiers_name_two_keys),
			cmocka_unit_test(an_extension_that_is_there_twice_is_none),
	};

	return cmocka_run_group_tests(tests, make_keys, free_keys);
}

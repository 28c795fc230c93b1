/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the parsers of the card's data objects, of certificates and of the file with CA keys. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

#include "card-driver/trust/certificate-role.h"
#include "card-driver/trust/cv-certificate.h"
#include "card-driver/trust/cv-keys.h"
#include "card-driver/trust/rsa-key.h"
#include "card-driver/card/tlv.h"
#include "card-driver/trust/x509-certificate.h"
#include "keys-file.h"

#define NESTED_MAX 8

static sc_context_t ctx;
static struct settings settings = {.accept_test_cards = true};

void
fuzz_prepare(void)
{
	settings.trusted_cv_keys = strdup(keys_file_make());
	ctx.debug_file = fopen("/dev/null", "w");
	PROMISE(ctx.debug_file != NULL);
}

static void
expect_inside(const struct tlv *tlv, const uint8_t *data, size_t len)
{
	PROMISE(tlv->start >= data && tlv->value == tlv->start + tlv->header);
	PROMISE(tlv->header <= len && tlv->len <= len - (size_t)(tlv->value - data));
}

static void
walk(const uint8_t *data, size_t len, unsigned depth) /* NOLINT(misc-no-recursion): to NESTED_MAX */
{
	struct tlv tlv, found;
	size_t pos;

	for (pos = 0; pos < len && ber_read(data + pos, len - pos, &tlv) == 0; pos += tlv.header + tlv.len) {
		expect_inside(&tlv, data + pos, len - pos);
		PROMISE(ber_find(data, len, tlv.tag, &found) == 0);
		expect_inside(&found, data, len);
		if (depth < NESTED_MAX)
			walk(tlv.value, tlv.len, depth + 1);
	}
	if (simple_tlv_read(data, len, &tlv) == 0)
		expect_inside(&tlv, data, len);
}

/* Reads the purpose that the certificate claims. */
static void
try_role(const struct x509_certificate *certificate, const uint8_t *data, size_t len)
{
	const uint8_t *start;
	size_t part;
	int role;

	for (role = ROLE_AUTHENTICATION; role <= ROLE_SIGNATURE; role++) {
		PROMISE(certificate_role_purpose(certificate, (enum certificate_role)role) != NULL);
		PROMISE(certificate_role_issuer(certificate, certificate, (enum certificate_role)role) != NULL);
	}
	PROMISE(certificate_role_authority(certificate) != NULL);
	if (x509_certificate_key_identifiers(certificate, &start, &part) == 0)
		PROMISE(start >= data && part <= len - (size_t)(start - data));
	(void)x509_certificate_names_keys(certificate, certificate);
}

/* Parses an X.509 certificate, and verifies it as if it were self-signed. */
static void
try_x509_certificate(const uint8_t *data, size_t len)
{
	struct x509_certificate certificate;
	struct tlv date;
	EVP_PKEY *key;

	if (x509_certificate_not_before(data, len, &date) == 0)
		expect_inside(&date, data, len);
	if (x509_certificate_parse(data, len, &certificate) < 0)
		return;
	expect_inside(&certificate.whole, data, len);
	expect_inside(&certificate.key, data, len);
	expect_inside(&certificate.signature, data, len);
	try_role(&certificate, data, len);
	key = x509_certificate_key(&certificate);
	if (key != NULL)
		(void)x509_certificate_signed_by(&certificate, key);
	EVP_PKEY_free(key);
}

static void
try_certificate(const uint8_t *data, size_t len)
{
	struct cv_certificate certificate;
	enum cv_trust trust;

	if (cv_certificate_parse(data, len, &certificate) < 0)
		return;
	PROMISE(cv_keys_check(&ctx, &settings, &certificate, &trust) == SC_SUCCESS);
	EVP_PKEY_free(certificate.key);
}

static void
try_public_key(const uint8_t *data, size_t len)
{
	EVP_PKEY *public = NULL;

	PROMISE((rsa_key_from_objects(data, len, &public) == SC_SUCCESS) == (public != NULL));
	EVP_PKEY_free(public);
}

/* Simulates a new connection, which reads the file again. */
static void
try_keys_file(const uint8_t *data, size_t len)
{
	const struct key_list *keys = NULL;

	keys_file_write(data, len);
	free(settings.cv_keys);
	settings.cv_keys = NULL;
	PROMISE(cv_keys_load(&ctx, &settings, &keys) == SC_SUCCESS && keys != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chunk chunk;

	while (chunk_next(&data, &size, &chunk))
		switch (chunk.type % 4) {
		case 0:
			walk(chunk.data, chunk.len, 0);
			try_x509_certificate(chunk.data, chunk.len);
			break;
		case 1:
			try_certificate(chunk.data, chunk.len);
			break;
		case 2:
			try_keys_file(chunk.data, chunk.len);
			break;
		default:
			try_public_key(chunk.data, chunk.len);
			break;
		}
	return 0;
}

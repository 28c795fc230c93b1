/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks the sizes of all that is on a virtual card, and every signature. It finds the data by the records alone and
 * verifies with OpenSSL alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509v3.h>

#include "cmocka-all.h"

#include "virtual-card/content.h"
#include "virtual-card-steps.h"

#define HASH_LEN	 32
#define NUMBER_FILE_LEN	 17  /* text EF 0001, physical */
#define CV_BODY_LEN	 297 /* issuer id, subject id, exponent, modulus */
#define CV_KEY_IN_BODY	 32
#define MODULUS_IN_KEY	 9 /* 90 03 01 00 01 91 82 01 00 */
#define MODULUS_LEN	 256
#define FIRST_AFTER_HEAD 5 /* FF xx 82 hh ll, also 7F 21 82 hh ll */

/* A part of a file, by offset and length. */
struct part {
	const uint8_t *data;
	size_t len;
};

static struct vc_content content;

static int
load(void **state)
{
	struct vc_variant none = {0};

	return group_setup(state) != 0 ? -1 : vc_content_build(&content, persona_dir, &none);
}

static int
unload(void **state)
{
	vc_content_free(&content);
	return group_teardown(state);
}

static struct part
file(enum vc_app app, uint16_t id)
{
	const struct vc_item *item = vc_content_find(&content, app, id);

	assert_non_null(item);
	return (struct part){item->data, item->len};
}

/* Walks over the objects of a record, which have two-byte tags. WHOLE includes tag and length. */
static struct part
object(struct part record, unsigned tag, struct part *whole)
{
	const uint8_t *p = record.data + FIRST_AFTER_HEAD, *end = record.data + record.len;

	while (end - p >= 3) {
		size_t head = p[2] == 0x82 ? 5 : p[2] == 0x81 ? 4
							      : 3;
		size_t len = head == 5 ? (size_t)p[3] << 8 | p[4] : p[head - 1];

		assert_in_range(len, 0, (size_t)(end - p) - head);
		if ((unsigned)(p[0] << 8 | p[1]) == tag) {
			if (whole != NULL)
				*whole = (struct part){p, head + len};
			return (struct part){p + head, len};
		}
		p += head + len;
	}
	fail_msg("object %04X is missing", tag);
	return (struct part){NULL, 0};
}

static EVP_PKEY *
public_key(const uint8_t *encoded)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *n = BN_bin2bn(encoded + MODULUS_IN_KEY, MODULUS_LEN, NULL), *e = BN_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;

	assert_memory_equal(encoded, "\x90\x03\x01\x00\x01\x91\x82\x01\x00", MODULUS_IN_KEY);
	BN_set_word(e, 65537);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e);
	params = OSSL_PARAM_BLD_to_param(build);
	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	BN_free(n);
	BN_free(e);
	return key;
}

static void
assert_signed(EVP_PKEY *key, struct part data, struct part signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	assert_int_equal(EVP_DigestVerify(ctx, signature.data, signature.len, data.data, data.len), 1);
	EVP_MD_CTX_free(ctx);
}

static void
assert_same_key(const char *name, EVP_PKEY *public, const EVP_PKEY *private)
{
	if (EVP_PKEY_eq(public, private) != 1)
		fail_msg("%s is not the card's key", name);
}

static EVP_PKEY *
certified_key(enum vc_app app)
{
	struct part body = object(file(app, 0x0004), 0x5F4E, NULL);

	assert_int_equal(body.len, CV_BODY_LEN);
	return public_key(body.data + CV_KEY_IN_BODY);
}

/* Finds the line of trusted-cv-keys.txt whose key id is the issuer of the certificate. */
static EVP_PKEY *
trusted_key(const uint8_t *id)
{
	char path[128], line[1024], wanted[33];
	uint8_t encoded[MODULUS_IN_KEY + MODULUS_LEN] = {0x90, 0x03, 0x01, 0x00, 0x01, 0x91, 0x82, 0x01, 0x00};
	EVP_PKEY *key = NULL;
	FILE *keys;
	size_t i;

	for (i = 0; i < 16; i++)
		snprintf(wanted + 2 * i, 3, "%02X", id[i]);
	snprintf(path, sizeof(path), "%s/trusted-cv-keys.txt", persona_dir);
	keys = fopen(path, "r");
	assert_non_null(keys);
	while (key == NULL && fgets(line, sizeof(line), keys) != NULL) {
		if (strncmp(line, wanted, 32) != 0)
			continue;
		for (i = 0; i < MODULUS_LEN; i++)
			assert_int_equal(sscanf(line + 33 + 2 * i, "%2hhx", &encoded[MODULUS_IN_KEY + i]), 1);
		key = public_key(encoded);
	}
	fclose(keys);
	assert_non_null(key);
	return key;
}

static void
cv_certificates_are_under_the_trusted_keys(void **state)
{
	static const enum vc_app apps[] = {VC_TEXT, VC_SURFACE};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(apps) / sizeof(apps[0]); i++) {
		struct part record = file(apps[i], 0x0004), body = object(record, 0x5F4E, NULL);
		EVP_PKEY *ca = trusted_key(body.data);

		assert_int_equal(record.len, 568);
		assert_signed(ca, body, object(record, 0x5F37, NULL));
		EVP_PKEY_free(ca);
	}
}

static void
integrity_record_holds_the_hashes(void **state)
{
	struct part record = file(VC_TEXT, 0x0003), number = file(VC_TEXT, 0x0001), four = file(VC_TEXT, 0x0002);
	struct part first, second;
	uint8_t hash[HASH_LEN];
	size_t start = (size_t)four.data[8] << 8 | four.data[9]; /* the value follows FF 20 82 hh ll DF 21 08: the offset of the name */
	EVP_PKEY *signer = certified_key(VC_TEXT);

	(void)state;
	assert_int_equal(record.len, 336);
	assert_int_equal(number.len, NUMBER_FILE_LEN);
	assert_memory_equal(four.data + start, "\xDF\x22", 2);
	EVP_Digest(number.data, number.len, hash, NULL, EVP_sha256(), NULL);
	assert_memory_equal(object(record, 0xDF31, &first).data, hash, HASH_LEN);
	EVP_Digest(four.data + start, four.len - start, hash, NULL, EVP_sha256(), NULL);
	assert_memory_equal(object(record, 0xDF32, &second).data, hash, HASH_LEN);
	assert_signed(signer, (struct part){first.data, first.len + second.len}, object(record, 0xDF33, NULL));
	EVP_PKEY_free(signer);
}

/* Records whose signature covers all objects before it. */
static void
plain_records_are_signed(void **state)
{
	static const struct {
		const char *name;
		enum vc_app app;
		uint16_t id, key, signature, card_key;
	} records[] = {
			{"text 0007", VC_TEXT, 0x0007, 0xDF51, 0xDF52, 0x0013},
			{"surface 0001", VC_SURFACE, 0x0001, 0xDF12, 0xDF13, 0x001A},
			{"surface 0005", VC_SURFACE, 0x0005, 0xDF42, 0xDF43, 0x001A},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		struct part record = file(records[i].app, records[i].id), whole;
		struct part signature = object(record, records[i].signature, &whole);
		const uint8_t *start = record.data + FIRST_AFTER_HEAD;
		EVP_PKEY *signer = certified_key(records[i].app), *key = public_key(object(record, records[i].key, NULL).data);

		assert_signed(signer, (struct part){start, (size_t)(whole.data - start)}, signature);
		assert_same_key(records[i].name, key, vc_content_find(&content, records[i].app, records[i].card_key)->key);
		EVP_PKEY_free(signer);
		EVP_PKEY_free(key);
	}
}

static void
face_is_signed_in_three_segments(void **state)
{
	static const struct {
		unsigned first, last;
	} segments[] = {
			{0xDF22, 0xDF24},
			{0xDF25, 0xDF26},
			{0xDF27, 0xDF27},
	};
	struct part record = file(VC_SURFACE, 0x0002), first, last;
	EVP_PKEY *signer = certified_key(VC_SURFACE), *key = public_key(object(record, 0xDF24, NULL).data);
	uint8_t hashes[3 * HASH_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		object(record, segments[i].first, &first);
		object(record, segments[i].last, &last);
		EVP_Digest(first.data, (size_t)(last.data + last.len - first.data), hashes + i * HASH_LEN, NULL, EVP_sha256(), NULL);
	}
	assert_signed(signer, (struct part){hashes, sizeof(hashes)}, object(record, 0xDF28, NULL));
	assert_same_key("surface 0002", key, vc_content_find(&content, VC_SURFACE, 0x001A)->key);
	EVP_PKEY_free(signer);
	EVP_PKEY_free(key);
}

static void
offsets_of_the_face_lead_to_its_objects(void **state)
{
	struct part record = file(VC_SURFACE, 0x0002), table = object(record, 0xDF21, NULL), whole;
	size_t i;

	(void)state;
	assert_int_equal(table.len, 18);
	for (i = 0; i < 9; i++) {
		object(record, 0xDF22 + (unsigned)i, &whole);
		assert_int_equal(table.data[2 * i] << 8 | table.data[2 * i + 1], whole.data - record.data);
	}
	assert_memory_equal(object(record, 0xDF27, NULL).data, "\x00\x00\x00\x0CjP  ", 8);
}

static X509 *
certificate(uint16_t id, size_t size)
{
	struct part ef = file(VC_JPKI, id);
	const unsigned char *p = ef.data;
	X509 *parsed = d2i_X509(NULL, &p, (long)ef.len);

	assert_non_null(parsed);
	assert_int_equal(p - ef.data, size);
	assert_in_range(ef.len, size + 1, 3808); /* padding follows */
	for (; p < ef.data + ef.len; p++)
		assert_int_equal(*p, 0x00);
	return parsed;
}

static void
jpki_certificates_are_as_large_as_real_ones_and_signed(void **state)
{
	static const struct {
		const char *name;
		uint16_t id, ca, key;
		size_t size, ca_size;
	} pairs[] = {
			{"authentication", 0x000A, 0x000B, 0x0017, 1559, 1322},
			{"signature", 0x0001, 0x0002, 0x001A, 1726, 1318},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		X509 *own = certificate(pairs[i].id, pairs[i].size), *ca = certificate(pairs[i].ca, pairs[i].ca_size);

		assert_int_equal(X509_verify(own, X509_get0_pubkey(ca)), 1);
		assert_int_equal(X509_verify(ca, X509_get0_pubkey(ca)), 1);
		assert_int_equal(X509_check_issued(ca, own), X509_V_OK);
		assert_same_key(pairs[i].name, X509_get0_pubkey(own), vc_content_find(&content, VC_JPKI, pairs[i].key)->key);
		X509_free(own);
		X509_free(ca);
	}
}

static void
files_have_the_sizes_of_the_card(void **state)
{
	static const struct {
		enum vc_app app;
		uint16_t id;
		size_t size;
	} sizes[] = {
			{VC_TEXT, 0x0005, 164},
			{VC_TEXT, 0x0006, 269},
			{VC_TEXT, 0x0007, 536},
			{VC_TEXT, 0x0008, 16},
			{VC_SURFACE, 0x0001, 547},
			{VC_SURFACE, 0x0003, 320},
			{VC_JPKI, 0x0001, 3808},
			{VC_JPKI, 0x000A, 3808},
			{VC_JPKI, 0x0006, 160},
			{VC_JPKI, 0x0008, 3},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		assert_int_equal(file(sizes[i].app, sizes[i].id).len, sizes[i].size);
}

/* Every item except those in the list is unchanged. */
static void
only_the_listed_files_are_changed(void **state)
{
	static const char list[] = "drop=text:0007,cut=text:0005,other=surface:0002,other=text:0004,other=surface:001A";
	struct vc_variant variant = {0};
	struct vc_content changed;
	size_t i, same = 0;

	(void)state;
	assert_int_equal(vc_variant_parse(&variant, list), 0);
	assert_int_equal(vc_content_build(&changed, persona_dir, &variant), 0);
	assert_int_equal(changed.count, content.count - 1);
	assert_null(vc_content_find(&changed, VC_TEXT, 0x0007));
	assert_int_equal(vc_content_find(&changed, VC_TEXT, 0x0005)->len, file(VC_TEXT, 0x0005).len / 2);
	assert_int_not_equal(EVP_PKEY_eq(vc_content_find(&changed, VC_SURFACE, 0x001A)->key, vc_content_find(&content, VC_SURFACE, 0x001A)->key), 1);
	for (i = 0; i < content.count; i++) {
		const struct vc_item *one = &content.items[i], *other = vc_content_find(&changed, one->app, one->id);

		if (other != NULL && one->len == other->len && (one->len == 0 || memcmp(one->data, other->data, one->len) == 0))
			same++;
	}
	assert_int_equal(same, content.count - 4); /* a key has no bytes to compare */
	vc_content_free(&changed);
}

static void
changes_that_cannot_be_are_refused(void **state)
{
	static const char *const lists[] = {"drop=", "drop=text", "drop=text:", "drop=text:7", "drop=text:00071", "drop=text:000G", "drop=nothing:0007", "other=jpki:000A"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct vc_variant variant = {0};

		assert_int_equal(vc_variant_parse(&variant, lists[i]), -1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(cv_certificates_are_under_the_trusted_keys),
			cmocka_unit_test(integrity_record_holds_the_hashes),
			cmocka_unit_test(plain_records_are_signed),
			cmocka_unit_test(face_is_signed_in_three_segments),
			cmocka_unit_test(offsets_of_the_face_lead_to_its_objects),
			cmocka_unit_test(jpki_certificates_are_as_large_as_real_ones_and_signed),
			cmocka_unit_test(files_have_the_sizes_of_the_card),
			cmocka_unit_test(only_the_listed_files_are_changed),
			cmocka_unit_test(changes_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, load, unload);
}

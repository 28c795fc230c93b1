/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-content.h"

#include <stdio.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "cmocka-all.h"

#include "virtual-card-steps.h"

#define MODULUS_LEN 256

static struct vc_content content;

void
build(const char *variants)
{
	struct vc_variant variant = {0};

	vc_content_free(&content);
	assert_int_equal(vc_variant_parse(&variant, variants), 0);
	assert_int_equal(vc_content_build(&content, persona_dir, &variant), 0);
}

int
free_content(void **state)
{
	(void)state;
	vc_content_free(&content);
	return 0;
}

const struct vc_item *
file(uint16_t id)
{
	const struct vc_item *item = vc_content_find(&content, VC_LICENCE, id);

	assert_non_null(item);
	return item;
}

size_t
unhex(const char *hex, uint8_t *bytes)
{
	unsigned value;
	size_t len;

	for (len = 0; hex[2 * len] != '\0' && sscanf(hex + 2 * len, "%2x", &value) == 1; len++)
		bytes[len] = (uint8_t)value;
	return len;
}

size_t
record_len(const struct vc_item *record)
{
	const uint8_t *photo = record->data + BEFORE_PHOTO;

	assert_memory_equal(photo, "\x01\x07\x82", 3);
	return BEFORE_PHOTO + PHOTO_HEAD + (size_t)(photo[3] << 8 | photo[4]);
}

EVP_PKEY *
trusted_key(uint8_t id[KEY_ID_LEN])
{
	static const unsigned exponent = 65537;
	char path[128], line[1024] = "";
	uint8_t modulus[MODULUS_LEN], little_endian[MODULUS_LEN];
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM parameters[3];
	FILE *stream;
	size_t i;

	snprintf(path, sizeof(path), "%s/trusted-licence-keys.txt", persona_dir);
	stream = fopen(path, "r");
	assert_non_null(stream);
	while ((line[0] == '\0' || line[0] == '#') && fgets(line, sizeof(line), stream) != NULL)
		;
	fclose(stream);
	assert_int_equal(strlen(line), 2 * KEY_ID_LEN + 1 + 2 * MODULUS_LEN + 1);
	assert_int_equal(unhex(line + 2 * KEY_ID_LEN + 1, modulus), MODULUS_LEN);
	line[2 * KEY_ID_LEN] = '\0';
	assert_int_equal(unhex(line, id), KEY_ID_LEN);
	for (i = 0; i < MODULUS_LEN; i++)
		little_endian[i] = modulus[MODULUS_LEN - 1 - i];
	parameters[0] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, little_endian, sizeof(little_endian));
	parameters[1] = OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_E, (unsigned *)(uintptr_t)&exponent);
	parameters[2] = OSSL_PARAM_construct_end();
	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, parameters), 1);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

bool
signature_covers(size_t len)
{
	uint8_t id[KEY_ID_LEN];
	EVP_PKEY *key = trusted_key(id);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int r;

	assert_non_null(ctx);
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	r = EVP_DigestVerify(ctx, file(0x001C)->data + SIGNATURE_HEAD, SIGNATURE_LEN, file(0x001B)->data, len);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return r == 1;
}

size_t
next_object(const struct vc_item *file, size_t at, struct object *object)
{
	const uint8_t *data = file->data;

	object->tag = data[at] < 0x20 ? (unsigned)(data[at] << 8 | data[at + 1]) : data[at];
	at += data[at] < 0x20 ? 2 : 1;
	object->len = data[at++];
	if (object->len == 0x81)
		object->len = data[at++];
	else if (object->len == 0x82) {
		object->len = (size_t)(data[at] << 8 | data[at + 1]);
		at += 2;
	}
	object->value = data + at;
	assert_in_range(object->len, 0, file->len - at);
	return at + object->len;
}

struct object
object(uint16_t id, unsigned tag)
{
	struct object found = {0};
	size_t at = 0;

	do
		at = next_object(file(id), at, &found);
	while (found.tag != tag && at < file(id)->len);
	assert_int_equal(found.tag, tag);
	return found;
}

void
assert_value(unsigned tag, const char *hex)
{
	uint8_t expected[256];
	size_t len = unhex(hex, expected);
	struct object found = object(0x001B, tag);

	assert_int_equal(found.len, len);
	assert_memory_equal(found.value, expected, len);
}

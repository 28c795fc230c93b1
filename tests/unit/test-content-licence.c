/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares the records of the driving licence byte for byte with the published example, and verifies their signature with
 * OpenSSL and the exported key alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "cmocka-all.h"

#include "virtual-card/content.h"
#include "virtual-card-steps.h"

#define BEFORE_PHOTO   253 /* bytes of the example record before the photo */
#define PHOTO_HEAD     5   /* 01 07 82 hh ll */
#define SIGNATURE_HEAD 5   /* 01 08 82 01 00 */
#define SIGNATURE_LEN  256
#define KEY_ID_LEN     32
#define MODULUS_LEN    256

static const char example[] =
		"C200C300C4044D254E49C50735313330333132C606346336404579"
		"C7323D604366373F2447313F453E2447242D246B3D604366373F3C56244F3D604366373F3C56214A23352374214B244B3842246B"
		"C800C900CA00CB00CC00CD00CE00CF00D000D100D200D300D400D500D600D700D800D900DA00DB00DC00DD00DE00"
		"DF00E000E100E200E300E400E500E600E70C393930393132333435363730E800E90734323730343031EA0734323830353230EB00"
		"EC0100ED0101EE0100EF0100F00101F10100F20101F30100F40100F50100F60100F70100F80100F90100FA0100"
		"FB00FC00FD00FE00FF00010000010100010200010300010400010500010600";

static struct vc_content content;

/* Builds the content of a card with VARIANTS. */
static void
build(const char *variants)
{
	struct vc_variant variant = {0};

	vc_content_free(&content);
	assert_int_equal(vc_variant_parse(&variant, variants), 0);
	assert_int_equal(vc_content_build(&content, persona_dir, &variant), 0);
}

static int
free_content(void **state)
{
	(void)state;
	vc_content_free(&content);
	return 0;
}

static const struct vc_item *
file(uint16_t id)
{
	const struct vc_item *item = vc_content_find(&content, VC_LICENCE, id);

	assert_non_null(item);
	return item;
}

static size_t
unhex(const char *hex, uint8_t *bytes)
{
	unsigned value;
	size_t len;

	for (len = 0; hex[2 * len] != '\0' && sscanf(hex + 2 * len, "%2x", &value) == 1; len++)
		bytes[len] = (uint8_t)value;
	return len;
}

/* The length of the record up to the end of its photo. */
static size_t
record_len(const struct vc_item *record)
{
	const uint8_t *photo = record->data + BEFORE_PHOTO;

	assert_memory_equal(photo, "\x01\x07\x82", 3);
	return BEFORE_PHOTO + PHOTO_HEAD + (size_t)(photo[3] << 8 | photo[4]);
}

static void
record_is_the_example(void **state)
{
	uint8_t expected[BEFORE_PHOTO];
	const struct vc_item *record;
	size_t i;

	(void)state;
	build("licence");
	record = file(0x001B);
	assert_int_equal(unhex(example, expected), BEFORE_PHOTO);
	assert_int_equal(record->len, 5845);
	assert_memory_equal(record->data, expected, BEFORE_PHOTO);
	assert_in_range(record_len(record), BEFORE_PHOTO + 500, BEFORE_PHOTO + PHOTO_HEAD + 2000);
	assert_memory_equal(record->data + BEFORE_PHOTO + PHOTO_HEAD, "\0\0\0\x0CjP  ", 8);
	for (i = record_len(record); i < record->len; i++)
		assert_int_equal(record->data[i], 0x00);
}

/* Reads the exported key: identifier and modulus in hex behind a comment. */
static EVP_PKEY *
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

/* True if the signature in EF 001C is that of the first LEN bytes of EF 001B. */
static bool
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

static void
signature_is_of_the_record_without_padding(void **state)
{
	(void)state;
	build("licence");
	assert_true(signature_covers(record_len(file(0x001B))));
	assert_false(signature_covers(record_len(file(0x001B)) - 1));
	assert_false(signature_covers(file(0x001B)->len));
}

/* Compares what follows the signature value: serial number, reserved, issuer, subject, key identifier. */
static void
signature_record_names_the_signer(void **state)
{
	static const char names[] = "010910"
				    "39393030303030303030303030303031"
				    "010A00"
				    "010B15"
				    "434E3D5465737420436F6D6D697373696F6E203939"
				    "010C15"
				    "434E3D5465737420436F6D6D697373696F6E203939"
				    "010D20";
	uint8_t expected[128], id[KEY_ID_LEN];
	const struct vc_item *signature;
	size_t len = unhex(names, expected);
	const uint8_t *rest;

	(void)state;
	build("licence");
	EVP_PKEY_free(trusted_key(id));
	signature = file(0x001C);
	rest = signature->data + SIGNATURE_HEAD + SIGNATURE_LEN;
	assert_int_equal(signature->len, 584);
	assert_memory_equal(signature->data, "\x01\x08\x82\x01\x00", SIGNATURE_HEAD);
	assert_memory_equal(rest, expected, len);
	assert_memory_equal(rest + len, id, KEY_ID_LEN);
	for (rest += len + KEY_ID_LEN; rest < signature->data + signature->len; rest++)
		assert_int_equal(*rest, 0x00);
}

/* An object of a record: its tag (one byte, or two if the first is below 20), and its value. */
struct object {
	unsigned tag;
	size_t len;
	const uint8_t *value;
};

/* Reads the object at AT, and returns where the next one begins. An object that leaves the file fails the test. */
static size_t
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

/* Finds an object of EF 001B or 001C. */
static struct object
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

static void
assert_value(unsigned tag, const char *hex)
{
	uint8_t expected[256];
	size_t len = unhex(hex, expected);
	struct object found = object(0x001B, tag);

	assert_int_equal(found.len, len);
	assert_memory_equal(found.value, expected, len);
}

/* The sizes of both files are the sums of all greatest lengths. */
static void
full_record_has_no_room_left(void **state)
{
	struct object last = {0};
	size_t at = 0, user_defined = 0, missing = 0, i;

	(void)state;
	build("licence-full,licence-unpadded");
	while (at < file(0x001B)->len)
		at = next_object(file(0x001B), at, &last);
	assert_int_equal(at, 5845);
	assert_int_equal(last.tag, 0x0107);
	assert_int_equal(last.len, 2000);
	assert_memory_equal(last.value, "\xFF\x4F\xFF\x51", 4);
	assert_value(0xC4, "243D244E423E");
	assert_value(0xEB, "35303230323032");
	for (i = 0xEC; i <= 0xFA; i++)
		assert_value((unsigned)i, "01");
	assert_int_equal(object(0x001B, 0xCA).len, 256);
	for (i = 0; i < object(0x001B, 0xC8).len; i += 2) {
		user_defined += memcmp(object(0x001B, 0xC8).value + i, "\xFF\xF1", 2) == 0;
		missing += memcmp(object(0x001B, 0xC8).value + i, "\xFF\xFA", 2) == 0;
	}
	assert_int_equal(user_defined, 1);
	assert_int_equal(missing, 1);
}

static void
history_has_no_field_of_a_licence(void **state)
{
	static const unsigned licence[] = {0xC4, 0xC5, 0xC6, 0xC7, 0xE7};
	size_t i;

	(void)state;
	build("licence-history");
	for (i = 0; i < sizeof(licence) / sizeof(licence[0]); i++)
		assert_value(licence[i], "");
	assert_value(0xC2, "35303730343031");
	assert_int_equal(object(0x001B, 0xC3).len, 1);
	assert_value(0xE8, "393930393938373635343332");
	assert_value(0xE9, "34323730343031");
	assert_value(0xED, "01");
	assert_in_range(object(0x001B, 0x0107).len, 500, 2000);
}

static void
long_form_has_81(void **state)
{
	(void)state;
	build("licence-long-form");
	assert_memory_equal(file(0x001B)->data, "\xC2\x81\x00\xC3\x81\x00\xC4\x81\x04", 9);
	assert_value(0xE7, "393930393132333435363730");
	assert_int_equal(object(0x001C, 0x0109).value[-2], 0x81);
	assert_int_equal(object(0x001B, 0x0107).value[-3], 0x82);
}

static void
old_forms_are_padded(void **state)
{
	struct object first;

	(void)state;
	build("licence-old-forms");
	assert_value(0xC4, "4D254E490000");
	assert_value(0xEB, "34303030303030");
	assert_value(0xC8, "");
	first = object(0x001B, 0xC6);
	assert_int_equal(first.len, 80);
	assert_memory_equal(first.value, "\x34\x63\x36\x40\x45\x79\x21\x21", 8);
	assert_memory_equal(first.value + 78, "\x21\x21", 2);
}

static void
torn_record_ends_in_its_photo(void **state)
{
	size_t len;

	(void)state;
	build("licence");
	len = record_len(file(0x001B));
	build("licence-torn");
	assert_in_range(file(0x001B)->len, BEFORE_PHOTO + PHOTO_HEAD + 100, len - 100);
	assert_int_equal(record_len(file(0x001B)), len);
}

static void
unpadded_files_end_with_their_content(void **state)
{
	(void)state;
	build("licence-unpadded");
	assert_int_equal(file(0x001B)->len, record_len(file(0x001B)));
	assert_int_equal(file(0x001C)->len, SIGNATURE_HEAD + SIGNATURE_LEN + 19 + 3 + 24 + 24 + 35);
	assert_true(signature_covers(file(0x001B)->len));
}

static void
signature_may_cover_the_padding(void **state)
{
	(void)state;
	build("licence-signed-ef");
	assert_int_equal(file(0x001B)->len, 5845);
	assert_true(signature_covers(5845));
	assert_false(signature_covers(record_len(file(0x001B))));
}

/* The record differs from the plain one in one byte: the class of medium vehicles. */
static void
tampered_record_has_one_class_more(void **state)
{
	uint8_t plain[5845];
	size_t i, differences = 0;

	(void)state;
	build("licence");
	memcpy(plain, file(0x001B)->data, sizeof(plain));
	build("tamper-licence");
	assert_value(0xF8, "01");
	for (i = 0; i < sizeof(plain); i++)
		differences += plain[i] != file(0x001B)->data[i];
	assert_int_equal(differences, 1);
	assert_false(signature_covers(record_len(file(0x001B))));
	assert_false(signature_covers(5845));
}

/* The other person's record is genuine too, because the same commission has signed it. */
static void
other_licence_is_signed_by_the_same_key(void **state)
{
	uint8_t plain[12];

	(void)state;
	build("licence");
	memcpy(plain, object(0x001B, 0xE7).value, sizeof(plain));
	build("licence,other=licence:001B");
	assert_memory_not_equal(object(0x001B, 0xE7).value, plain, sizeof(plain));
	assert_memory_equal(object(0x001B, 0xE7).value, "9909", 4);
	assert_false(signature_covers(record_len(file(0x001B))));
	build("licence,other=licence:001B,other=licence:001C");
	assert_true(signature_covers(record_len(file(0x001B))));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_teardown(record_is_the_example, free_content),
			cmocka_unit_test_teardown(signature_is_of_the_record_without_padding, free_content),
			cmocka_unit_test_teardown(signature_record_names_the_signer, free_content),
			cmocka_unit_test_teardown(full_record_has_no_room_left, free_content),
			cmocka_unit_test_teardown(history_has_no_field_of_a_licence, free_content),
			cmocka_unit_test_teardown(long_form_has_81, free_content),
			cmocka_unit_test_teardown(old_forms_are_padded, free_content),
			cmocka_unit_test_teardown(torn_record_ends_in_its_photo, free_content),
			cmocka_unit_test_teardown(unpadded_files_end_with_their_content, free_content),
			cmocka_unit_test_teardown(signature_may_cover_the_padding, free_content),
			cmocka_unit_test_teardown(tampered_record_has_one_class_more, free_content),
			cmocka_unit_test_teardown(other_licence_is_signed_by_the_same_key, free_content),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CA keys of card-verifiable certificates: which are trusted when, and what is said of a bad file of more of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/sha.h>

#include "cmocka-all.h"

#include "card-driver/cv-keys.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MODULUS_LEN	 256
#define HASH_START	 16

/* Ids and the first 16 bytes of SHA-256 of the moduli, computed over the published list, not over ours. */
static const struct {
	uint8_t id[CV_KEY_ID_LEN], hash[HASH_START];
	bool test;
} published[] = {
		{{'5', '0', '0', '0', '0', '2', '0', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0xa8}, {0x31, 0x8a, 0xb4, 0xa7, 0x93, 0x46, 0xbb, 0xd9, 0x93, 0xd3, 0x6d, 0x31, 0xa4, 0xd7, 0x66, 0xf0}, false},
		{{'5', '0', '0', '0', '0', '2', '3', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0x00}, {0xbb, 0x96, 0xcc, 0x1d, 0xc6, 0x50, 0x20, 0x05, 0x66, 0x19, 0x61, 0xf0, 0xa4, 0x5e, 0xd8, 0x43}, false},
		{{'5', '0', '0', '0', '0', '3', '3', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0x00}, {0x40, 0x96, 0x55, 0xd4, 0x77, 0x54, 0x7d, 0x83, 0xcb, 0xe1, 0x82, 0x38, 0x5a, 0xcb, 0x1e, 0xa8}, false},
		{{'6', '0', '0', '0', '0', '2', '0', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0xa8}, {0x21, 0x80, 0x18, 0x72, 0x7c, 0xe0, 0xd4, 0x95, 0x5b, 0x0b, 0x40, 0xf4, 0x68, 0xeb, 0x13, 0x1d}, true},
		{{'6', '0', '0', '0', '0', '2', '3', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0x00}, {0xdf, 0x70, 0x44, 0x4d, 0xbe, 0x68, 0x41, 0xec, 0x03, 0x26, 0x7c, 0x25, 0xcf, 0x1b, 0xd3, 0x5f}, true},
		{{'6', '0', '0', '0', '0', '3', '3', 0x08, 0x05, 0x30, 0x30, 0x31, 0x00, 0x00, 0x00, 0x00}, {0x69, 0x0d, 0xb1, 0xb2, 0xd7, 0xb9, 0x99, 0x47, 0x64, 0xa8, 0x19, 0x82, 0xbc, 0x1e, 0x4c, 0xd7}, true},
};

static const struct settings default_settings = {0};
static const struct settings with_test_cards = {.accept_test_cards = true};

static sc_context_t ctx;
static char *messages;
static size_t messages_len;

static int
open_messages(void **state)
{
	(void)state;
	ctx.debug_file = open_memstream(&messages, &messages_len);
	return ctx.debug_file == NULL ? -1 : 0;
}

static int
close_messages(void **state)
{
	(void)state;
	fclose(ctx.debug_file);
	free(messages);
	return 0;
}

static void
expect_published(EVP_PKEY *key, size_t i)
{
	uint8_t modulus[MODULUS_LEN], hash[SHA256_DIGEST_LENGTH];
	BIGNUM *n = NULL, *e = NULL;

	assert_non_null(key);
	assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n), 1);
	assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e), 1);
	assert_int_equal(BN_get_word(e), 65537);
	assert_int_equal(BN_bn2binpad(n, modulus, sizeof(modulus)), MODULUS_LEN);
	SHA256(modulus, sizeof(modulus), hash);
	assert_memory_equal(hash, published[i].hash, HASH_START);
	BN_free(n);
	BN_free(e);
	EVP_PKEY_free(key);
}

static void
production_keys_are_trusted(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(published); i++)
		if (!published[i].test)
			expect_published(cv_key_find(&ctx, &default_settings, published[i].id), i);
}

static void
test_keys_are_trusted_only_with_test_cards(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(published); i++) {
		if (published[i].test)
			assert_null(cv_key_find(&ctx, &default_settings, published[i].id));
		expect_published(cv_key_find(&ctx, &with_test_cards, published[i].id), i);
	}
}

/* All 16 bytes of an id count: two CAs may differ in the last ones alone. */
static void
every_byte_of_an_id_counts(void **state)
{
	uint8_t id[CV_KEY_ID_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(id); i++) {
		memcpy(id, published[0].id, sizeof(id));
		id[i] ^= 0x40;
		assert_null(cv_key_find(&ctx, &with_test_cards, id));
	}
}

/* Finds ID among the lines of TEXT, as a file of further keys. */
static EVP_PKEY *
find_in(const char *text, const char *id)
{
	char path[] = "/tmp/test-cv-keys.XXXXXX";
	struct settings settings = {.trusted_cv_keys = path};
	int fd = mkstemp(path);
	EVP_PKEY *key;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	key = cv_key_find(&ctx, &settings, (const uint8_t *)id);
	unlink(path);
	fflush(ctx.debug_file);
	return key;
}

#define ID	    "7000033\x08\x05\x30\x30\x31\0\0\0"
#define ID_HEX	    "37303030303333080530303100000000"
#define BYTES_16    "D246150635250A70C07E83ED64787E71"
#define BYTES_64    BYTES_16 BYTES_16 BYTES_16 BYTES_16
#define MODULUS_HEX BYTES_64 BYTES_64 BYTES_64 BYTES_64

static void
keys_of_a_file_are_trusted(void **state)
{
	static const char *const files[] = {
			ID_HEX " " MODULUS_HEX "\n",
			ID_HEX " " MODULUS_HEX,
			"# a comment\n\n  # another\n\t" ID_HEX "\t" MODULUS_HEX "  \n",
			ID_HEX " " MODULUS_HEX "\r\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(files); i++) {
		EVP_PKEY *key = find_in(files[i], ID);

		assert_non_null(key);
		assert_int_equal(EVP_PKEY_get_bits(key), 2048);
		EVP_PKEY_free(key);
		assert_null(find_in(files[i], "7000023\x08\x05\x30\x30\x31\0\0\0"));
	}
	assert_string_equal(messages, "");
}

static void
bad_lines_are_named_by_number(void **state)
{
	static const char *const lines[] = {
			"nonsense\n",
			ID_HEX "\n",
			ID_HEX " " BYTES_64 "\n",
			ID_HEX " " MODULUS_HEX "00\n",
			ID_HEX " " MODULUS_HEX " more\n",
			ID_HEX "00 " MODULUS_HEX "\n",
			"3730303030333308053030310000000G " MODULUS_HEX "\n",
			ID_HEX " X" BYTES_64 BYTES_64 BYTES_64 BYTES_64 "\n",
	};
	char text[2048];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(lines); i++) {
		snprintf(text, sizeof(text), "# a comment\n%s", lines[i]);
		assert_null(find_in(text, ID));
		assert_non_null(strstr(messages, ", line 2: "));
		close_messages(NULL);
		open_messages(NULL);
		snprintf(text, sizeof(text), "%s" ID_HEX " " MODULUS_HEX "\n", lines[i]);
		EVP_PKEY_free(find_in(text, ID));
		assert_non_null(strstr(messages, ", line 1: "));
		assert_null(strstr(messages, ", line 2: "));
		close_messages(NULL);
		open_messages(NULL);
	}
}

static void
a_missing_file_is_named(void **state)
{
	char path[] = "/no/such/file";
	const struct settings settings = {.trusted_cv_keys = path};

	(void)state;
	assert_null(cv_key_find(&ctx, &settings, (const uint8_t *)ID));
	fflush(ctx.debug_file);
	assert_non_null(strstr(messages, "/no/such/file: No such file or directory"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(production_keys_are_trusted),
			cmocka_unit_test(test_keys_are_trusted_only_with_test_cards),
			cmocka_unit_test(every_byte_of_an_id_counts),
			cmocka_unit_test_setup_teardown(keys_of_a_file_are_trusted, open_messages, close_messages),
			cmocka_unit_test_setup_teardown(bad_lines_are_named_by_number, open_messages, close_messages),
			cmocka_unit_test_setup_teardown(a_missing_file_is_named, open_messages, close_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CA keys for card-verifiable certificates: which keys are trusted with which settings, and which messages a bad file of
 * additional keys causes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include "cmocka-all.h"

#include "card-driver/trust/cv-keys.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define PATIENCE	 10 /* a test that hangs is ended after so many seconds */
#define HASH_START	 16

/* Ids and the first 16 bytes of the moduli's SHA-256. They were computed from the published list, not from our copy of it. */
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

/* Returns how many keys with that id are trusted; MODULUS gets the first one's modulus. */
static size_t
count_keys(struct settings *settings, const void *id, uint8_t modulus[KEY_MODULUS_LEN])
{
	const struct key_list *keys = NULL;
	size_t i, count = 0;

	assert_int_equal(cv_keys_load(&ctx, settings, &keys), SC_SUCCESS);
	for (i = 0; i < keys->count; i++)
		if (memcmp(keys->keys[i].id, id, CV_KEY_ID_LEN) == 0 && count++ == 0)
			memcpy(modulus, keys->keys[i].modulus, KEY_MODULUS_LEN);
	return count;
}

static void
expect_published(bool test_cards)
{
	struct settings settings = {.accept_test_cards = test_cards};
	uint8_t modulus[KEY_MODULUS_LEN], hash[SHA256_DIGEST_LENGTH];
	size_t i;

	for (i = 0; i < LENGTH_OF(published); i++) {
		assert_int_equal(count_keys(&settings, published[i].id, modulus), test_cards || !published[i].test);
		if (!test_cards && published[i].test)
			continue;
		SHA256(modulus, sizeof(modulus), hash);
		assert_memory_equal(hash, published[i].hash, HASH_START);
	}
	settings_free(&settings);
}

static void
production_keys_are_trusted(void **state)
{
	(void)state;
	expect_published(false);
}

static void
test_keys_are_trusted_only_with_test_cards(void **state)
{
	(void)state;
	expect_published(true);
}

/* Makes settings with a file of additional keys that holds TEXT, and has the file read. */
static struct settings
settings_with(const char *text, size_t len)
{
	char path[] = "/tmp/test-cv-keys.XXXXXX";
	struct settings settings = {.trusted_cv_keys = strdup(path)};
	const struct key_list *keys = NULL;
	int fd = mkstemp(settings.trusted_cv_keys);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
	assert_int_equal(cv_keys_load(&ctx, &settings, &keys), SC_SUCCESS);
	unlink(settings.trusted_cv_keys);
	fflush(ctx.debug_file);
	return settings;
}

/* Returns how many keys with ID are in TEXT. */
static size_t
count_in(const char *text, size_t len, const char *id)
{
	struct settings settings = settings_with(text, len);
	uint8_t modulus[KEY_MODULUS_LEN];
	size_t count = count_keys(&settings, id, modulus);

	settings_free(&settings);
	return count;
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
		assert_int_equal(count_in(files[i], strlen(files[i]), ID), 1);
		assert_int_equal(count_in(files[i], strlen(files[i]), "7000023\x08\x05\x30\x30\x31\0\0\0"), 0);
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
		assert_int_equal(count_in(text, strlen(text), ID), 0);
		assert_non_null(strstr(messages, ", line 2: "));
		close_messages(NULL);
		open_messages(NULL);
		snprintf(text, sizeof(text), "%s" ID_HEX " " MODULUS_HEX "\n", lines[i]);
		assert_int_equal(count_in(text, strlen(text), ID), 1);
		assert_non_null(strstr(messages, ", line 1: "));
		assert_null(strstr(messages, ", line 2: "));
		close_messages(NULL);
		open_messages(NULL);
	}
}

/* A NUL, which ends a C string, must not end a line. */
static void
a_line_with_a_nul_is_none(void **state)
{
	static const char text[] = "# a comment\n" ID_HEX " " MODULUS_HEX "\0 more\n" ID_HEX " " MODULUS_HEX "\n";

	(void)state;
	assert_int_equal(count_in(text, sizeof(text) - 1, ID), 1);
	assert_non_null(strstr(messages, ", line 2: "));
	assert_null(strstr(messages, ", line 3: "));
}

/* A bad file causes exactly one message, and reading it never blocks the program. */
static void
expect_refused(const char *path, const char *why)
{
	struct settings settings = {.trusted_cv_keys = strdup(path)};
	uint8_t modulus[KEY_MODULUS_LEN];
	char *message;

	open_messages(NULL);
	alarm(PATIENCE);
	assert_int_equal(count_keys(&settings, ID, modulus), 0);
	assert_int_equal(count_keys(&settings, published[0].id, modulus), 1);
	alarm(0);
	fflush(ctx.debug_file);
	message = strstr(messages, path);
	assert_non_null(message);
	assert_non_null(strstr(message, why));
	assert_ptr_equal(strchr(messages, '\n'), messages + strlen(messages) - 1);
	settings_free(&settings);
	close_messages(NULL);
}

static void
what_is_no_file_of_keys_is_said_once(void **state)
{
	static const char line[] = ID_HEX " " MODULUS_HEX "\n";
	char folder[] = "/tmp/test-cv-keys.XXXXXX", path[64];
	FILE *file;
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	expect_refused("/no/such/file", "No such file or directory");
	expect_refused("/dev/zero", "not a regular file");
	expect_refused(folder, "not a regular file");
	snprintf(path, sizeof(path), "%s/keys", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_refused(path, "not a regular file");
	unlink(path);
	file = fopen(path, "w");
	assert_non_null(file);
	for (i = 0; i < 65536 / (sizeof(line) - 1) + 1; i++)
		fputs(line, file);
	fclose(file);
	expect_refused(path, "larger than 64 KiB");
	assert_int_equal(truncate(path, sizeof(line) - 1), 0);
	expect_refused("keys", "not absolute");
	unlink(path);
	assert_int_equal(chdir("/"), 0);
	rmdir(folder);
}

/* Makes a certificate with the issuer id ID under a CA key that the test has created. */
static uint8_t signature[KEY_MODULUS_LEN];
static EVP_PKEY *ca;
static char own_modulus[2 * KEY_MODULUS_LEN + 1];

static int
make_ca(void **state)
{
	static const uint8_t body[] = "the body of a certificate";
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	size_t len = sizeof(signature);
	BIGNUM *n = NULL;
	char *hex;

	(void)state;
	ca = EVP_RSA_gen(8 * KEY_MODULUS_LEN);
	if (ca == NULL || EVP_PKEY_get_bn_param(ca, OSSL_PKEY_PARAM_RSA_N, &n) != 1 || EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, ca) != 1 ||
			EVP_DigestSign(md, signature, &len, body, sizeof(body)) != 1)
		return -1;
	hex = BN_bn2hex(n);
	snprintf(own_modulus, sizeof(own_modulus), "%s", hex);
	OPENSSL_free(hex);
	BN_free(n);
	EVP_MD_CTX_free(md);
	return open_messages(state);
}

static int
free_ca(void **state)
{
	EVP_PKEY_free(ca);
	return close_messages(state);
}

static void
expect_trust(enum cv_trust expected, const char *keys, const void *issuer, const char *body)
{
	struct settings settings = settings_with(keys, strlen(keys));
	struct cv_certificate certificate = {.issuer = issuer, .body = (const uint8_t *)body, .body_len = strlen(body) + 1, .signature = signature, .signature_len = sizeof(signature)};
	enum cv_trust trust;

	assert_int_equal(cv_keys_check(&ctx, &settings, &certificate, &trust), SC_SUCCESS);
	assert_int_equal(trust, expected);
	settings_free(&settings);
}

#define BUILT_IN_HEX "35303030303333080530303100000000"

static void
all_keys_of_an_id_are_tried(void **state)
{
	static const char body[] = "the body of a certificate";
	const uint8_t *built_in = published[2].id;
	char keys[4096];

	(void)state;
	expect_trust(CV_FORGED, "", built_in, body);
	snprintf(keys, sizeof(keys), BUILT_IN_HEX " %s\n", own_modulus);
	expect_trust(CV_TRUSTED, keys, built_in, body);
	expect_trust(CV_FORGED, keys, built_in, "another body");
	snprintf(keys, sizeof(keys), ID_HEX " " MODULUS_HEX "\n" ID_HEX " %s\n", own_modulus);
	expect_trust(CV_TRUSTED, keys, ID, body);
	snprintf(keys, sizeof(keys), ID_HEX " %s\n" ID_HEX " " MODULUS_HEX "\n", own_modulus);
	expect_trust(CV_TRUSTED, keys, ID, body);
	expect_trust(CV_FORGED, keys, ID, "another body");
}

/* All 16 bytes of an id count, because two CAs may differ in the last bytes only. If a known CA's key signed other data,
 * this must not be reported as an unknown CA. */
static void
other_ids_are_unknown(void **state)
{
	uint8_t id[CV_KEY_ID_LEN];
	char keys[4096];
	size_t i;

	(void)state;
	expect_trust(CV_UNKNOWN, "", ID, "the body of a certificate");
	snprintf(keys, sizeof(keys), ID_HEX " %s\n", own_modulus);
	for (i = 0; i < sizeof(id); i++) {
		memcpy(id, ID, sizeof(id));
		id[i] ^= 0x40;
		expect_trust(CV_UNKNOWN, keys, id, "the body of a certificate");
		expect_trust(CV_FORGED, keys, id, "another body");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(production_keys_are_trusted),
			cmocka_unit_test(test_keys_are_trusted_only_with_test_cards),
			cmocka_unit_test_setup_teardown(keys_of_a_file_are_trusted, open_messages, close_messages),
			cmocka_unit_test_setup_teardown(bad_lines_are_named_by_number, open_messages, close_messages),
			cmocka_unit_test_setup_teardown(a_line_with_a_nul_is_none, open_messages, close_messages),
			cmocka_unit_test(what_is_no_file_of_keys_is_said_once),
			cmocka_unit_test_setup_teardown(all_keys_of_an_id_are_tried, make_ca, free_ca),
			cmocka_unit_test_setup_teardown(other_ids_are_unknown, make_ca, free_ca),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

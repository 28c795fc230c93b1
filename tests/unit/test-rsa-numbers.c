/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the numbers of RSA keys: they are those that OpenSSL finds, their encoding is OpenSSL's, and nothing that is not a
 * key yields numbers. */
#include "card-driver/trust/rsa-key.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/x509.h>

#include "cmocka-all.h"

#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MODULUS_MAX	 600
#define ZEROS		 2 /* leading zeros, which some encoders write */
#define OBJECT_MAX	 (2 * (BER_HEADER_MAX + ZEROS) + MODULUS_MAX + 8)

struct sample {
	size_t modulus_len;
	uint8_t first; /* first byte of the modulus */
	size_t exponent_len;
	size_t bits;
};

/* Lengths around those at which the form of DER's lengths changes, and a first byte with and without the sign's bit. */
static const struct sample samples[] = {
		{1, 0x03, 1, 2},
		{126, 0x80, 3, 1008},
		{127, 0x7F, 3, 1015},
		{127, 0x80, 3, 1016},
		{128, 0x80, 3, 1024},
		{250, 0x01, 1, 1993},
		{255, 0xFF, 3, 2040},
		{256, 0x80, 3, 2048},
		{256, 0x7F, 3, 2047},
		{257, 0x01, 5, 2049},
		{512, 0xFF, 3, 4096},
};

static uint8_t modulus[MODULUS_MAX], exponent[8];

static struct rsa_numbers
numbers_of(const struct sample *sample)
{
	struct rsa_numbers numbers = {.modulus = {.value = modulus, .len = sample->modulus_len}, .exponent = {.value = exponent, .len = sample->exponent_len}};
	size_t i;

	for (i = 0; i < sample->modulus_len; i++)
		modulus[i] = (uint8_t)(sample->first + 7 * i);
	memset(exponent, 0x11, sizeof(exponent));
	return numbers;
}

static void
expect_numbers(const struct rsa_numbers *numbers, const struct sample *sample)
{
	assert_int_equal(numbers->modulus.len, sample->modulus_len);
	assert_memory_equal(numbers->modulus.value, modulus, sample->modulus_len);
	assert_int_equal(numbers->exponent.len, sample->exponent_len);
	assert_memory_equal(numbers->exponent.value, exponent, sample->exponent_len);
	assert_int_equal(rsa_numbers_bits(numbers), sample->bits);
}

static void
the_encoding_is_that_of_openssl(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(samples); i++) {
		struct rsa_numbers numbers = numbers_of(&samples[i]), again;
		EVP_PKEY *key = rsa_key_from_numbers(&numbers);
		struct secret encoded = {0};
		unsigned char *der = NULL;
		int len = i2d_PublicKey(key, &der);

		assert_true(rsa_numbers_encode(&numbers, &encoded));
		assert_int_equal(encoded.len, len);
		assert_memory_equal(encoded.data, der, encoded.len);
		assert_int_equal(EVP_PKEY_get_bits(key), samples[i].bits);
		assert_int_equal(rsa_numbers_from_der(encoded.data, encoded.len, &again), 0);
		expect_numbers(&again, &samples[i]);
		secret_clear(&encoded);
		OPENSSL_free(der);
		EVP_PKEY_free(key);
	}
}

/* Writes an object with a tag of one byte, a length of three, and leading zeros before the number. Returns its length. */
static size_t
write_object(uint8_t *out, uint8_t tag, const uint8_t *value, size_t len)
{
	uint8_t header[] = {tag, 0x82, (uint8_t)((len + ZEROS) >> 8), (uint8_t)(len + ZEROS), 0, 0};

	memcpy(out, header, sizeof(header));
	memcpy(out + sizeof(header), value, len);
	return sizeof(header) + len;
}

static void
the_cards_object_has_the_same_numbers(void **state)
{
	uint8_t object[OBJECT_MAX];
	size_t i, len, cut;

	(void)state;
	for (i = 0; i < LENGTH_OF(samples); i++) {
		struct rsa_numbers numbers = numbers_of(&samples[i]);

		len = write_object(object, 0x90, exponent, samples[i].exponent_len);
		len += write_object(object + len, 0x91, modulus, samples[i].modulus_len);
		for (cut = 0; cut < len; cut++) {
			uint8_t *copy = exact_copy(object, cut);

			assert_int_equal(rsa_numbers_from_objects(copy, cut, &numbers), -1);
			free(copy);
		}
		assert_int_equal(rsa_numbers_from_objects(object, len, &numbers), 0);
		expect_numbers(&numbers, &samples[i]);
	}
}

static void
a_cut_or_continued_encoding_is_none(void **state)
{
	struct rsa_numbers numbers = numbers_of(&samples[6]);
	struct secret encoded = {0};
	size_t len;

	(void)state;
	assert_true(rsa_numbers_encode(&numbers, &encoded));
	for (len = 0; len < encoded.len; len++) {
		uint8_t *copy = exact_copy(encoded.data, len);

		assert_int_equal(rsa_numbers_from_der(copy, len, &numbers), -1);
		free(copy);
	}
	assert_true(secret_append(&encoded, "", 1));
	assert_int_equal(rsa_numbers_from_der(encoded.data, encoded.len, &numbers), -1);
	secret_clear(&encoded);
}

/* Each is an RSAPublicKey except for one thing. */
static void
what_is_no_key_is_refused(void **state)
{
	static const struct {
		uint8_t der[12];
		size_t len;
	} none[] = {
			{{0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x03}, 8},			  /* modulus 0 */
			{{0x30, 0x06, 0x02, 0x01, 0x23, 0x02, 0x01, 0x00}, 8},			  /* exponent 0 */
			{{0x30, 0x06, 0x02, 0x01, 0x83, 0x02, 0x01, 0x03}, 8},			  /* negative modulus */
			{{0x30, 0x06, 0x02, 0x01, 0x23, 0x02, 0x01, 0x83}, 8},			  /* negative exponent */
			{{0x30, 0x05, 0x02, 0x00, 0x02, 0x01, 0x03}, 7},			  /* no modulus */
			{{0x31, 0x06, 0x02, 0x01, 0x23, 0x02, 0x01, 0x03}, 8},			  /* a SET */
			{{0x30, 0x06, 0x04, 0x01, 0x23, 0x02, 0x01, 0x03}, 8},			  /* an OCTET STRING */
			{{0x30, 0x09, 0x02, 0x01, 0x23, 0x02, 0x01, 0x03, 0x02, 0x01, 0x05}, 11}, /* three numbers */
			{{0x30, 0x03, 0x02, 0x01, 0x23}, 5},					  /* one number */
	};
	static const uint8_t key[] = {0x30, 0x06, 0x02, 0x01, 0x23, 0x02, 0x01, 0x03};
	struct rsa_numbers numbers;
	size_t i;

	(void)state;
	assert_int_equal(rsa_numbers_from_der(key, sizeof(key), &numbers), 0);
	for (i = 0; i < LENGTH_OF(none); i++)
		assert_int_equal(rsa_numbers_from_der(none[i].der, none[i].len, &numbers), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(the_encoding_is_that_of_openssl),
			cmocka_unit_test(the_cards_object_has_the_same_numbers),
			cmocka_unit_test(a_cut_or_continued_encoding_is_none),
			cmocka_unit_test(what_is_no_key_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

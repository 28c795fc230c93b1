/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The module has an OpenSSL context of its own: it is separate from the program's, the same for all threads, and usable
 * after fork(). */
#include "card-driver/trust/crypto.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

#include "cmocka-all.h"

#define THREADS	 8
#define PATIENCE 20 /* time limit in seconds for a child, whose work takes a moment */

static void *
get_context(void *arg)
{
	pthread_barrier_wait(arg);
	return crypto_context();
}

/* This test must be the first one, because then the context does not exist yet. */
static void
threads_get_the_same_context(void **state)
{
	pthread_barrier_t barrier;
	pthread_t threads[THREADS];
	void *context[THREADS];
	size_t i;

	(void)state;
	assert_int_equal(pthread_barrier_init(&barrier, NULL, THREADS), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, get_context, &barrier), 0);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &context[i]), 0);
		assert_non_null(context[i]);
		assert_ptr_equal(context[i], context[0]);
	}
	pthread_barrier_destroy(&barrier);
}

static void
the_context_is_not_the_programs(void **state)
{
	(void)state;
	assert_ptr_not_equal(crypto_context(), OSSL_LIB_CTX_get0_global_default());
	assert_true(OSSL_PROVIDER_available(crypto_context(), "default"));
	assert_non_null(crypto_sha256());
}

static void
hashes_are_sha256(void **state)
{
	/* FIPS 180-4's example "abc" */
	static const uint8_t expected[SHA256_LEN] = {0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22,
			0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD};
	uint8_t hash[SHA256_LEN];
	EVP_MD_CTX *parts = crypto_hash_start();

	(void)state;
	assert_int_equal(crypto_hash("abc", 3, hash), SC_SUCCESS);
	assert_memory_equal(hash, expected, sizeof(hash));
	assert_non_null(parts);
	assert_int_equal(EVP_DigestUpdate(parts, "a", 1), 1);
	assert_int_equal(EVP_DigestUpdate(parts, "bc", 2), 1);
	assert_int_equal(EVP_DigestFinal_ex(parts, hash, NULL), 1);
	EVP_MD_CTX_free(parts);
	assert_memory_equal(hash, expected, sizeof(hash));
}

static EVP_PKEY *
new_key(void)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(crypto_context(), NULL, "RSA", (size_t)2048);

	assert_non_null(key);
	return key;
}

/* Signs as the card that holds KEY would. */
static size_t
sign(EVP_PKEY *key, const char *text, uint8_t *signature, size_t size)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	assert_int_equal(EVP_DigestSignInit_ex(ctx, NULL, "SHA256", crypto_context(), NULL, key, NULL), 1);
	assert_int_equal(EVP_DigestSign(ctx, signature, &size, (const uint8_t *)text, strlen(text)), 1);
	EVP_MD_CTX_free(ctx);
	return size;
}

static void
signatures_are_checked(void **state)
{
	EVP_PKEY *key = new_key(), *other = new_key();
	uint8_t signature[512];
	size_t len = sign(key, "text", signature, sizeof(signature));

	(void)state;
	assert_int_equal(crypto_verify(key, "SHA256", (const uint8_t *)"text", 4, signature, len), 1);
	assert_int_equal(crypto_verify(key, "SHA256", (const uint8_t *)"Text", 4, signature, len), 0);
	assert_int_equal(crypto_verify(other, "SHA256", (const uint8_t *)"text", 4, signature, len), 0);
	assert_int_equal(crypto_verify(key, "none", (const uint8_t *)"text", 4, signature, len), -1);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

static void
no_error_is_left_to_the_program(void **state)
{
	static const uint8_t noise[] = {0x30, 0x03, 0x02, 0x01, 0x00};
	EVP_PKEY *key = new_key();

	(void)state;
	ERR_clear_error();
	assert_null(crypto_public_key(noise, sizeof(noise)));
	assert_int_equal(crypto_verify(key, "SHA256", noise, sizeof(noise), noise, sizeof(noise)), 0);
	assert_int_equal(crypto_verify(key, "none", noise, sizeof(noise), noise, sizeof(noise)), -1);
	assert_int_equal(ERR_peek_error(), 0);
	EVP_PKEY_free(key);
}

/* Runs in the child process. Returns 0 if everything works. */
static int
child(int out)
{
	uint8_t random[SHA256_LEN];

	alarm(PATIENCE);
	if (crypto_random(random, sizeof(random)) < 0 || crypto_hash(random, sizeof(random), random) < 0)
		return 1;
	return write(out, random, sizeof(random)) == sizeof(random) ? 0 : 1;
}

static void
a_child_has_random_bytes_of_its_own(void **state)
{
	uint8_t random[3][SHA256_LEN];
	int fds[2], status, i;
	pid_t pid;

	(void)state;
	assert_int_equal(crypto_random(random[2], SHA256_LEN), SC_SUCCESS);
	assert_int_equal(pipe(fds), 0);
	for (i = 0; i < 2; i++) {
		pid = fork();
		if (pid == 0)
			_exit(child(fds[1]));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		assert_int_equal(read(fds[0], random[i], SHA256_LEN), SHA256_LEN);
	}
	assert_memory_not_equal(random[0], random[1], SHA256_LEN);
	close(fds[0]);
	close(fds[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(threads_get_the_same_context),
			cmocka_unit_test(the_context_is_not_the_programs),
			cmocka_unit_test(hashes_are_sha256),
			cmocka_unit_test(signatures_are_checked),
			cmocka_unit_test(no_error_is_left_to_the_program),
			cmocka_unit_test(a_child_has_random_bytes_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crypto.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

struct own {
	OSSL_LIB_CTX *context;
	OSSL_PROVIDER *provider;
	EVP_MD *sha256;
};

/* Several threads may create the context at the same time: the first one's context is kept. There is no lock, because a
 * fork() could leave it locked in the child. */
static _Atomic(struct own *) shared;

static void
own_free(struct own *own)
{
	EVP_MD_free(own->sha256);
	if (own->provider != NULL)
		OSSL_PROVIDER_unload(own->provider);
	OSSL_LIB_CTX_free(own->context);
	free(own);
}

/* OSSL_LIB_CTX_new() does not read openssl.cnf, so that the context uses only the default provider. This also applies on
 * a FIPS system: the card makes the signatures, and the driver only checks the card's data. */
static struct own *
own_new(void)
{
	struct own *own = calloc(1, sizeof(*own));

	if (own == NULL)
		return NULL;
	own->context = OSSL_LIB_CTX_new();
	if (own->context != NULL)
		own->provider = OSSL_PROVIDER_load(own->context, "default");
	if (own->provider != NULL)
		own->sha256 = EVP_MD_fetch(own->context, "SHA2-256", NULL);
	if (own->sha256 != NULL)
		return own;
	own_free(own);
	return NULL;
}

static struct own *
own_get(void)
{
	struct own *own = atomic_load(&shared), *none = NULL;

	if (own != NULL)
		return own;
	ERR_set_mark();
	own = own_new();
	if (own != NULL && !atomic_compare_exchange_strong(&shared, &none, own)) {
		own_free(own);
		own = none;
	}
	ERR_pop_to_mark();
	return own;
}

/* Runs when the module is unloaded or the program ends. When the program ends, OpenSSL may have cleaned up already, and
 * then none of its objects can be freed. OpenSSL's manual recommends detecting this by initializing OpenSSL, which fails
 * in that case. */
__attribute__((destructor)) static void
own_end(void)
{
	struct own *own = atomic_exchange(&shared, NULL);

	if (own == NULL)
		return;
	if (OPENSSL_init_crypto(0, NULL) == 1)
		own_free(own);
	else
		atomic_store(&shared, own);
}

OSSL_LIB_CTX *
crypto_context(void)
{
	const struct own *own = own_get();

	return own == NULL ? NULL : own->context;
}

const EVP_MD *
crypto_sha256(void)
{
	const struct own *own = own_get();

	return own == NULL ? NULL : own->sha256;
}

/* Reads the bytes from the operating system's generator. RAND_bytes_ex() would set up three generators for the few bytes that a
 * process needs, which takes millions of instructions, and would keep one of them for each thread after the context and the
 * module were unloaded. */
static bool
read_seed_source(EVP_RAND_CTX *source, uint8_t *buf, size_t len)
{
	return source != NULL && EVP_RAND_instantiate(source, 0, 0, NULL, 0, NULL) == 1 && EVP_RAND_generate(source, buf, len, 0, 0, NULL, 0) == 1;
}

int
crypto_random(uint8_t *buf, size_t len)
{
	OSSL_LIB_CTX *context = crypto_context();
	EVP_RAND_CTX *source = NULL;
	EVP_RAND *type;
	int r;

	if (context == NULL)
		return SC_ERROR_INTERNAL;
	ERR_set_mark();
	type = EVP_RAND_fetch(context, "SEED-SRC", NULL);
	if (type != NULL)
		source = EVP_RAND_CTX_new(type, NULL);
	r = read_seed_source(source, buf, len) ? SC_SUCCESS : SC_ERROR_INTERNAL;
	EVP_RAND_CTX_free(source);
	EVP_RAND_free(type);
	ERR_pop_to_mark();
	return r;
}

int
crypto_hash(const void *data, size_t len, uint8_t out[SHA256_LEN])
{
	const EVP_MD *sha256 = crypto_sha256();
	int r = SC_ERROR_OUT_OF_MEMORY;

	if (sha256 == NULL)
		return r;
	ERR_set_mark();
	if (EVP_Digest(data, len, out, NULL, sha256, NULL) == 1)
		r = SC_SUCCESS;
	ERR_pop_to_mark();
	return r;
}

EVP_MD_CTX *
crypto_hash_start(void)
{
	const EVP_MD *sha256 = crypto_sha256();
	EVP_MD_CTX *hash = NULL;

	ERR_set_mark();
	if (sha256 != NULL)
		hash = EVP_MD_CTX_new();
	if (hash != NULL && EVP_DigestInit_ex(hash, sha256, NULL) != 1) {
		EVP_MD_CTX_free(hash);
		hash = NULL;
	}
	ERR_pop_to_mark();
	return hash;
}

EVP_PKEY *
crypto_public_key(const uint8_t *der, size_t len)
{
	OSSL_LIB_CTX *context = crypto_context();
	EVP_PKEY *key;

	if (context == NULL)
		return NULL;
	ERR_set_mark();
	key = d2i_PUBKEY_ex(NULL, &der, (long)len, context, NULL);
	ERR_pop_to_mark();
	return key;
}

EVP_PKEY_CTX *
crypto_operation(EVP_PKEY *key)
{
	OSSL_LIB_CTX *context = crypto_context();
	EVP_PKEY_CTX *operation;

	if (context == NULL)
		return NULL;
	ERR_set_mark();
	operation = EVP_PKEY_CTX_new_from_pkey(context, key, NULL);
	ERR_pop_to_mark();
	return operation;
}

int
crypto_verify(EVP_PKEY *key, const char *digest, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len)
{
	OSSL_LIB_CTX *context = crypto_context();
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int result = -1;

	ERR_set_mark();
	if (context != NULL && ctx != NULL && EVP_DigestVerifyInit_ex(ctx, NULL, digest, context, NULL, key, NULL) == 1)
		result = EVP_DigestVerify(ctx, signature, signature_len, data, len);
	EVP_MD_CTX_free(ctx);
	ERR_pop_to_mark();
	return result;
}

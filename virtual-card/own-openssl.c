/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "own-openssl.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static OSSL_LIB_CTX *context;
static OSSL_PROVIDER *provider;
static EVP_MD *sha256;

static void
must(bool good)
{
	if (good)
		return;
	fprintf(stderr, "virtual card: OpenSSL fails\n");
	exit(1);
}

static void
start(void)
{
	context = OSSL_LIB_CTX_new();
	must(context != NULL);
	provider = OSSL_PROVIDER_load(context, "default");
	must(provider != NULL);
	sha256 = EVP_MD_fetch(context, "SHA2-256", NULL);
	must(sha256 != NULL);
}

/* Runs when the library is unloaded or the program ends. In the latter case OpenSSL may have cleaned up already, and then
 * nothing of it may be freed. */
__attribute__((destructor)) static void
end(void)
{
	if (context == NULL || OPENSSL_init_crypto(0, NULL) != 1)
		return;
	EVP_MD_free(sha256);
	OSSL_PROVIDER_unload(provider);
	OSSL_LIB_CTX_free(context);
	context = NULL;
}

OSSL_LIB_CTX *
vc_own_openssl(void)
{
	pthread_once(&once, start);
	return context;
}

const EVP_MD *
vc_own_sha256(void)
{
	vc_own_openssl();
	return sha256;
}

void
vc_hash(const void *data, size_t len, uint8_t hash[VC_SHA256_LEN])
{
	must(EVP_Digest(data, len, hash, NULL, vc_own_sha256(), NULL) == 1);
}

void
vc_random(uint8_t *data, size_t len)
{
	must(RAND_bytes_ex(vc_own_openssl(), data, len, 0) == 1);
	vc_own_openssl_rest();
}

void
vc_own_openssl_rest(void)
{
	OPENSSL_thread_stop_ex(vc_own_openssl());
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A provider for OpenSSL that offers RSA, hashes and random numbers, and fails at all of them, as a provider does that waits
 * for the module that called it. It writes each call to the file $HOSTILE_LOG, with the caller. If it is preloaded into a
 * program, it makes OpenSSL read openssl.cnf at once, as in programs that use OpenSSL themselves.
 */
#include <execinfo.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/provider.h>

#define EXPORT __attribute__((visibility("default")))

#define NAME	      "hostile"
#define PROPERTIES    "provider=" NAME
#define CALLERS_MAX   64
#define SHA256_LEN    32
#define SHA256_BLOCK  64
#define EXIT_UNLOADED 99

/* For every function of a provider, 0 means failure, whether it returns a pointer or a number. */
static void *
heard(void)
{
	static const char mark[] = "called\n";
	const char *path = getenv("HOSTILE_LOG");
	int log = path == NULL ? -1 : open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	void *callers[CALLERS_MAX];

	if (log < 0)
		return NULL;
	if (write(log, mark, sizeof(mark) - 1) > 0)
		backtrace_symbols_fd(callers, backtrace(callers, CALLERS_MAX), log);
	close(log);
	return NULL;
}

static void
keep_quiet(void)
{
}

static int
sha256_parameters(OSSL_PARAM parameters[])
{
	OSSL_PARAM *size = OSSL_PARAM_locate(parameters, OSSL_DIGEST_PARAM_SIZE);
	OSSL_PARAM *block = OSSL_PARAM_locate(parameters, OSSL_DIGEST_PARAM_BLOCK_SIZE);

	return (size == NULL || OSSL_PARAM_set_size_t(size, SHA256_LEN) == 1) &&
	       (block == NULL || OSSL_PARAM_set_size_t(block, SHA256_BLOCK) == 1);
}

/* OpenSSL calls this function through many types; it ignores all arguments. */
#define HEARD(id) \
	{ \
		id, (void (*)(void))heard \
	}
#define QUIET(id) \
	{ \
		id, keep_quiet \
	}
#define END \
	{ \
		0, NULL \
	}

static const OSSL_DISPATCH digest[] = {HEARD(OSSL_FUNC_DIGEST_NEWCTX), HEARD(OSSL_FUNC_DIGEST_INIT), HEARD(OSSL_FUNC_DIGEST_UPDATE),
		HEARD(OSSL_FUNC_DIGEST_FINAL), QUIET(OSSL_FUNC_DIGEST_FREECTX), HEARD(OSSL_FUNC_DIGEST_DUPCTX),
		{OSSL_FUNC_DIGEST_GET_PARAMS, (void (*)(void))sha256_parameters}, END};
static const OSSL_DISPATCH keys[] = {HEARD(OSSL_FUNC_KEYMGMT_NEW), QUIET(OSSL_FUNC_KEYMGMT_FREE), HEARD(OSSL_FUNC_KEYMGMT_HAS),
		HEARD(OSSL_FUNC_KEYMGMT_IMPORT), HEARD(OSSL_FUNC_KEYMGMT_IMPORT_TYPES), HEARD(OSSL_FUNC_KEYMGMT_LOAD), END};
static const OSSL_DISPATCH signature[] = {HEARD(OSSL_FUNC_SIGNATURE_NEWCTX), QUIET(OSSL_FUNC_SIGNATURE_FREECTX),
		HEARD(OSSL_FUNC_SIGNATURE_SIGN_INIT), HEARD(OSSL_FUNC_SIGNATURE_SIGN), HEARD(OSSL_FUNC_SIGNATURE_VERIFY_INIT),
		HEARD(OSSL_FUNC_SIGNATURE_VERIFY), END};
static const OSSL_DISPATCH generator[] = {HEARD(OSSL_FUNC_RAND_NEWCTX), QUIET(OSSL_FUNC_RAND_FREECTX), HEARD(OSSL_FUNC_RAND_INSTANTIATE),
		HEARD(OSSL_FUNC_RAND_UNINSTANTIATE), HEARD(OSSL_FUNC_RAND_GENERATE), HEARD(OSSL_FUNC_RAND_ENABLE_LOCKING),
		HEARD(OSSL_FUNC_RAND_GET_CTX_PARAMS), END};

static const OSSL_ALGORITHM digests[] = {
		{"SHA2-256:SHA-256:SHA256:2.16.840.1.101.3.4.2.1", PROPERTIES, digest, NULL},
		{"SHA1:SHA-1:SSL3-SHA1:1.3.14.3.2.26", PROPERTIES, digest, NULL},
		{NULL, NULL, NULL, NULL},
};
static const OSSL_ALGORITHM key_types[] = {
		{"RSA:rsaEncryption:1.2.840.113549.1.1.1", PROPERTIES, keys, NULL},
		{"RSA-PSS:RSASSA-PSS:1.2.840.113549.1.1.10", PROPERTIES, keys, NULL},
		{NULL, NULL, NULL, NULL},
};
static const OSSL_ALGORITHM signatures[] = {
		{"RSA:rsaEncryption:1.2.840.113549.1.1.1", PROPERTIES, signature, NULL},
		{NULL, NULL, NULL, NULL},
};
static const OSSL_ALGORITHM generators[] = {
		{"CTR-DRBG", PROPERTIES, generator, NULL},
		{NULL, NULL, NULL, NULL},
};

static const OSSL_ALGORITHM *
query(void *context, int operation, int *no_cache)
{
	(void)context;
	*no_cache = 0;
	switch (operation) {
	case OSSL_OP_DIGEST:
		return digests;
	case OSSL_OP_KEYMGMT:
		return key_types;
	case OSSL_OP_SIGNATURE:
		return signatures;
	case OSSL_OP_RAND:
		return generators;
	default:
		return NULL;
	}
}

static const OSSL_DISPATCH provider[] = {{OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query}, END};

EXPORT int
OSSL_provider_init(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **context)
{
	(void)handle;
	(void)in;
	*out = provider;
	*context = NULL;
	return 1;
}

/* The test proves nothing if OpenSSL never calls the provider, so this checks that it does. */
__attribute__((constructor)) static void
read_configuration(void)
{
	EVP_MD *sha256;

	OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, NULL);
	sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	if (sha256 == NULL || strcmp(OSSL_PROVIDER_get0_name(EVP_MD_get0_provider(sha256)), NAME) != 0) {
		fprintf(stderr, "hostile-provider: it is not the one that OpenSSL asks\n");
		_exit(EXIT_UNLOADED);
	}
	EVP_MD_free(sha256);
}

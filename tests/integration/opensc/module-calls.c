/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A library for LD_PRELOAD: each call of some functions of OpenSSL that comes from opensc-mynumber.so adds a line with the
 * function's name to the file $MODULE_CALLS. The same calls of OpenSC and of the virtual card are not written. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

static void
note(const void *caller, const char *function)
{
	const char *path = getenv("MODULE_CALLS");
	Dl_info info;
	FILE *file;

	if (path == NULL || dladdr(caller, &info) == 0 || strstr(info.dli_fname, "opensc-mynumber.so") == NULL)
		return;
	file = fopen(path, "a");
	if (file == NULL)
		abort();
	fprintf(file, "%s\n", function);
	fclose(file);
}

/* Finds the function that the next library has. The call of OpenSSL makes the linker keep libcrypto as a dependency: a
 * program may have loaded it only for OpenSC's module, and RTLD_NEXT would not find it there. */
static void *
find_next(const char *function)
{
	void *next = dlsym(RTLD_NEXT, function);

	if (next == NULL || OPENSSL_version_major() < OPENSSL_VERSION_MAJOR)
		abort();
	return next;
}

/* Replaces the function NAME. */
#define NOTED(type, name, parameters, arguments) \
	type name parameters \
	{ \
		type(*next) parameters; /* NOLINT(bugprone-macro-parentheses): it is a type */ \
		*(void **)&next = find_next(#name); \
		note(__builtin_return_address(0), #name); \
		return next arguments; \
	}

NOTED(OSSL_LIB_CTX *, OSSL_LIB_CTX_new, (void), ())
NOTED(EVP_PKEY *, d2i_PUBKEY_ex, (EVP_PKEY * *key, const unsigned char **der, long len, OSSL_LIB_CTX *context, const char *properties), (key, der, len, context, properties))
NOTED(int, EVP_PKEY_fromdata, (EVP_PKEY_CTX * ctx, EVP_PKEY **key, int selection, OSSL_PARAM parameters[]), (ctx, key, selection, parameters))

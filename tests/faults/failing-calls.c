/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "failing-calls.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include "libopensc/opensc.h"
#include "libopensc/internal.h"
#include "libopensc/pkcs15.h"

#define EXPORT __attribute__((visibility("default")))

/* The linker's --wrap (faults.am) sends the module's calls of NAME here. */
#define WRAP(type, failure, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails_now() ? (failure) : __real_##name arguments; \
	}

static unsigned long calls, failing;

EXPORT void
failing_calls_set(unsigned long number)
{
	calls = 0;
	failing = number;
}

EXPORT unsigned long
failing_calls_count(void)
{
	return calls;
}

static bool
fails_now(void)
{
	return ++calls == failing;
}

WRAP(void *, NULL, malloc, (size_t size), (size))
WRAP(void *, NULL, calloc, (size_t count, size_t size), (count, size))
WRAP(char *, NULL, strdup, (const char *text), (text))
WRAP(FILE *, NULL, open_memstream, (char **text, size_t *len), (text, len))
WRAP(FILE *, NULL, fopen, (const char *path, const char *mode), (path, mode))

WRAP(EVP_MD_CTX *, NULL, EVP_MD_CTX_new, (void), ())
WRAP(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new, (EVP_PKEY * key, ENGINE *engine), (key, engine))
WRAP(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX * ctx, const char *name, const char *properties), (ctx, name, properties))
WRAP(BIGNUM *, NULL, BN_new, (void), ())
WRAP(BIGNUM *, NULL, BN_bin2bn, (const unsigned char *bytes, int len, BIGNUM *number), (bytes, len, number))
WRAP(OSSL_PARAM_BLD *, NULL, OSSL_PARAM_BLD_new, (void), ())
WRAP(OSSL_PARAM *, NULL, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD * builder), (builder))
WRAP(EVP_PKEY *, NULL, d2i_PUBKEY, (EVP_PKEY * *key, const unsigned char **der, long len), (key, der, len))
WRAP(ASN1_OBJECT *, NULL, d2i_ASN1_OBJECT, (ASN1_OBJECT * *object, const unsigned char **der, long len), (object, der, len))
WRAP(ASN1_TIME *, NULL, d2i_ASN1_TIME, (ASN1_TIME * *date, const unsigned char **der, long len), (date, der, len))

WRAP(int, 0, BN_set_word, (BIGNUM * number, BN_ULONG word), (number, word))
WRAP(int, 0, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD * builder, const char *name, const BIGNUM *number), (builder, name, number))
WRAP(int, 0, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_PKEY_fromdata, (EVP_PKEY_CTX * ctx, EVP_PKEY **key, int selection, OSSL_PARAM parameters[]), (ctx, key, selection, parameters))
WRAP(int, 0, EVP_PKEY_verify_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_PKEY_verify_recover_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_DigestInit_ex, (EVP_MD_CTX * ctx, const EVP_MD *type, ENGINE *engine), (ctx, type, engine))
WRAP(int, 0, EVP_DigestVerifyInit, (EVP_MD_CTX * ctx, EVP_PKEY_CTX **key_ctx, const EVP_MD *type, ENGINE *engine, EVP_PKEY *key), (ctx, key_ctx, type, engine, key))
WRAP(int, 0, EVP_Digest, (const void *data, size_t len, unsigned char *digest, unsigned *digest_len, const EVP_MD *type, ENGINE *engine), (data, len, digest, digest_len, type, engine))
WRAP(int, 0, RAND_bytes, (unsigned char *bytes, int len), (bytes, len))
WRAP(int, -1, i2d_PublicKey, (const EVP_PKEY *key, unsigned char **out), (key, out))

WRAP(sc_file_t *, NULL, sc_file_new, (void), ())
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_file_add_acl_entry, (sc_file_t * file, unsigned operation, unsigned method, unsigned long reference), (file, operation, method, reference))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, _sc_card_add_rsa_alg, (sc_card_t * card, unsigned bits, unsigned long flags, unsigned long exponent), (card, bits, flags, exponent))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15_add_df, (struct sc_pkcs15_card * card, unsigned type, const sc_path_t *path), (card, type, path))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_pin_obj, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_auth_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_rsa_prkey, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_prkey_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_rsa_pubkey, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_pubkey_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_x509_cert, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_cert_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_data_object, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_data_info *info), (card, object, info))

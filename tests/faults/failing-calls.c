/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "failing-calls.h"

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "libopensc/opensc.h"
#include "libopensc/internal.h"
#include "libopensc/pkcs15.h"
#include "scconf/scconf.h"

#define EXPORT __attribute__((visibility("default")))

/* The linker's option --wrap (see faults.am) redirects the module's calls of NAME to this function. */
#define WRAP(type, failure, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails_now(#name) ? (failure) : __real_##name arguments; \
	}

static unsigned long calls, failing;
static bool lasts;
static const char *failed; /* the function whose call was to fail */

EXPORT void
failing_calls_set(unsigned long number, bool lasting)
{
	calls = 0;
	failing = number;
	lasts = lasting;
	failed = NULL;
}

EXPORT unsigned long
failing_calls_count(void)
{
	return calls;
}

static bool
fails_now(const char *function)
{
	if (++calls != failing)
		return lasts && failed != NULL && strcmp(failed, function) == 0;
	failed = function;
	return true;
}

WRAP(void *, NULL, malloc, (size_t size), (size))
WRAP(void *, NULL, calloc, (size_t count, size_t size), (count, size))
WRAP(char *, NULL, strdup, (const char *text), (text))
WRAP(FILE *, NULL, open_memstream, (char **text, size_t *len), (text, len))
/* fclose() of a memory stream reports a write that failed for lack of memory; the wrapper closes the file even when it
 * reports failure */
WRAP(int, (__real_fclose(file), EOF), fclose, (FILE * file), (file))

WRAP(DIR *, NULL, opendir, (const char *path), (path))
WRAP(int, -1, unlinkat, (int folder, const char *name, int flags), (folder, name, flags))
WRAP(iconv_t, (iconv_t)-1, iconv_open, (const char *to, const char *from), (to, from))

WRAP(EVP_MD_CTX *, NULL, EVP_MD_CTX_new, (void), ())
WRAP(OSSL_LIB_CTX *, NULL, OSSL_LIB_CTX_new, (void), ())
WRAP(OSSL_PROVIDER *, NULL, OSSL_PROVIDER_load, (OSSL_LIB_CTX * ctx, const char *name), (ctx, name))
WRAP(EVP_MD *, NULL, EVP_MD_fetch, (OSSL_LIB_CTX * ctx, const char *name, const char *properties), (ctx, name, properties))
WRAP(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new_from_pkey, (OSSL_LIB_CTX * ctx, EVP_PKEY *key, const char *properties), (ctx, key, properties))
WRAP(EVP_PKEY_CTX *, NULL, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX * ctx, const char *name, const char *properties), (ctx, name, properties))
WRAP(BIGNUM *, NULL, BN_bin2bn, (const unsigned char *bytes, int len, BIGNUM *number), (bytes, len, number))
WRAP(OSSL_PARAM_BLD *, NULL, OSSL_PARAM_BLD_new, (void), ())
WRAP(OSSL_PARAM *, NULL, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD * builder), (builder))
WRAP(EVP_PKEY *, NULL, d2i_PUBKEY_ex, (EVP_PKEY * *key, const unsigned char **der, long len, OSSL_LIB_CTX *ctx, const char *properties), (key, der, len, ctx, properties))
WRAP(ASN1_OBJECT *, NULL, d2i_ASN1_OBJECT, (ASN1_OBJECT * *object, const unsigned char **der, long len), (object, der, len))
WRAP(ASN1_BIT_STRING *, NULL, d2i_ASN1_BIT_STRING, (ASN1_BIT_STRING * *bits, const unsigned char **der, long len), (bits, der, len))
WRAP(BASIC_CONSTRAINTS *, NULL, d2i_BASIC_CONSTRAINTS, (BASIC_CONSTRAINTS * *constraints, const unsigned char **der, long len), (constraints, der, len))
WRAP(CERTIFICATEPOLICIES *, NULL, d2i_CERTIFICATEPOLICIES, (CERTIFICATEPOLICIES * *policies, const unsigned char **der, long len), (policies, der, len))
WRAP(X509_NAME *, NULL, d2i_X509_NAME, (X509_NAME * *name, const unsigned char **der, long len), (name, der, len))
WRAP(int, -2, X509_NAME_cmp, (const X509_NAME *a, const X509_NAME *b), (a, b))
WRAP(int, 0, EVP_Q_digest, (OSSL_LIB_CTX * ctx, const char *name, const char *properties, const void *data, size_t len, unsigned char *digest, size_t *digest_len), (ctx, name, properties, data, len, digest, digest_len))
WRAP(ASN1_TIME *, NULL, d2i_ASN1_TIME, (ASN1_TIME * *date, const unsigned char **der, long len), (date, der, len))

WRAP(int, 0, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD * builder, const char *name, const BIGNUM *number), (builder, name, number))
WRAP(int, 0, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_PKEY_fromdata, (EVP_PKEY_CTX * ctx, EVP_PKEY **key, int selection, OSSL_PARAM parameters[]), (ctx, key, selection, parameters))
WRAP(int, 0, EVP_PKEY_verify_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_PKEY_verify_recover_init, (EVP_PKEY_CTX * ctx), (ctx))
WRAP(int, 0, EVP_DigestInit_ex, (EVP_MD_CTX * ctx, const EVP_MD *type, ENGINE *engine), (ctx, type, engine))
WRAP(int, 0, EVP_DigestVerifyInit_ex, (EVP_MD_CTX * ctx, EVP_PKEY_CTX **key_ctx, const char *type, OSSL_LIB_CTX *context, const char *properties, EVP_PKEY *key, const OSSL_PARAM parameters[]), (ctx, key_ctx, type, context, properties, key, parameters))
WRAP(int, 0, EVP_DigestUpdate, (EVP_MD_CTX * ctx, const void *data, size_t len), (ctx, data, len))
WRAP(int, 0, EVP_DigestFinal_ex, (EVP_MD_CTX * ctx, unsigned char *digest, unsigned *len), (ctx, digest, len))
WRAP(int, 0, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX * ctx, int padding), (ctx, padding))
WRAP(int, 0, EVP_PKEY_CTX_set_signature_md, (EVP_PKEY_CTX * ctx, const EVP_MD *type), (ctx, type))
WRAP(int, 0, EVP_PKEY_CTX_set_rsa_mgf1_md, (EVP_PKEY_CTX * ctx, const EVP_MD *type), (ctx, type))
WRAP(int, 0, EVP_PKEY_CTX_set_rsa_pss_saltlen, (EVP_PKEY_CTX * ctx, int len), (ctx, len))
WRAP(int, 0, EVP_Digest, (const void *data, size_t len, unsigned char *digest, unsigned *digest_len, const EVP_MD *type, ENGINE *engine), (data, len, digest, digest_len, type, engine))
WRAP(EVP_RAND *, NULL, EVP_RAND_fetch, (OSSL_LIB_CTX * ctx, const char *name, const char *properties), (ctx, name, properties))
WRAP(EVP_RAND_CTX *, NULL, EVP_RAND_CTX_new, (EVP_RAND * type, EVP_RAND_CTX *parent), (type, parent))
WRAP(int, 0, EVP_RAND_instantiate, (EVP_RAND_CTX * ctx, unsigned strength, int prediction_resistance, const unsigned char *text, size_t len, const OSSL_PARAM parameters[]), (ctx, strength, prediction_resistance, text, len, parameters))
WRAP(int, 0, EVP_RAND_generate, (EVP_RAND_CTX * ctx, unsigned char *bytes, size_t len, unsigned strength, int prediction_resistance, const unsigned char *more, size_t more_len), (ctx, bytes, len, strength, prediction_resistance, more, more_len))
/* for these functions, 0 means that the signature is wrong, and a negative value that they could not check it */
WRAP(int, -1, EVP_DigestVerify, (EVP_MD_CTX * ctx, const unsigned char *signature, size_t signature_len, const unsigned char *data, size_t len), (ctx, signature, signature_len, data, len))
WRAP(int, -1, EVP_PKEY_verify, (EVP_PKEY_CTX * ctx, const unsigned char *signature, size_t signature_len, const unsigned char *data, size_t len), (ctx, signature, signature_len, data, len))
WRAP(int, 0, EVP_PKEY_verify_recover, (EVP_PKEY_CTX * ctx, unsigned char *out, size_t *out_len, const unsigned char *signature, size_t len), (ctx, out, out_len, signature, len))

WRAP(sc_file_t *, NULL, sc_file_new, (void), ())
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_file_add_acl_entry, (sc_file_t * file, unsigned operation, unsigned method, unsigned long reference), (file, operation, method, reference))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, _sc_card_add_rsa_alg, (sc_card_t * card, unsigned bits, unsigned long flags, unsigned long exponent), (card, bits, flags, exponent))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15_add_df, (struct sc_pkcs15_card * card, unsigned type, const sc_path_t *path), (card, type, path))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_pin_obj, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_auth_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_rsa_prkey, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_prkey_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_rsa_pubkey, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_pubkey_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_x509_cert, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_cert_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15emu_add_data_object, (struct sc_pkcs15_card * card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_data_info *info), (card, object, info))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_transmit_apdu, (sc_card_t * card, sc_apdu_t *apdu), (card, apdu))
WRAP(int, SC_ERROR_OUT_OF_MEMORY, sc_pkcs15_read_cached_file, (struct sc_pkcs15_card * card, const sc_path_t *path, u8 **data, size_t *len), (card, path, data, len))
WRAP(int, SC_ERROR_INTERNAL, sc_pkcs15_cache_file, (struct sc_pkcs15_card * card, const sc_path_t *path, const u8 *data, size_t len), (card, path, data, len))
WRAP(scconf_block *, NULL, sc_get_conf_block, (sc_context_t * ctx, const char *name1, const char *name2, int priority), (ctx, name1, name2, priority))
WRAP(scconf_block **, NULL, scconf_find_blocks, (const scconf_context *config, const scconf_block *block, const char *name, const char *key), (config, block, name, key))

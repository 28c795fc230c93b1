/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rsa-key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "crypto.h"

/* 65537, the exponent of keys that are known by their modulus alone. */
static const uint8_t usual_exponent[] = {0x01, 0x00, 0x01};

/* The object identifier of RSA. By the name "RSA", OpenSSL would first ask the engine that the program prefers, which the context
 * does not keep out, and an engine cannot create a key from parameters. */
static const char rsa_oid[] = "1.2.840.113549.1.1.1";

static EVP_PKEY *
key_from_parameters(OSSL_LIB_CTX *context, OSSL_PARAM *params)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(context, rsa_oid, NULL);
	EVP_PKEY *key = NULL;

	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 || EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static OSSL_PARAM *
parameters_from_numbers(const BIGNUM *e, const BIGNUM *n)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	OSSL_PARAM *params = NULL;

	if (build != NULL && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) == 1 && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) == 1)
		params = OSSL_PARAM_BLD_to_param(build);
	OSSL_PARAM_BLD_free(build);
	return params;
}

EVP_PKEY *
rsa_key_from_numbers(const struct rsa_numbers *numbers)
{
	OSSL_LIB_CTX *context = crypto_context();
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;
	BIGNUM *e, *n;

	if (context == NULL)
		return NULL;
	ERR_set_mark();
	e = BN_bin2bn(numbers->exponent.value, (int)numbers->exponent.len, NULL);
	n = BN_bin2bn(numbers->modulus.value, (int)numbers->modulus.len, NULL);
	if (e != NULL && n != NULL)
		params = parameters_from_numbers(e, n);
	if (params != NULL)
		key = key_from_parameters(context, params);
	OSSL_PARAM_free(params);
	BN_free(e);
	BN_free(n);
	ERR_pop_to_mark();
	return key;
}

/* Returns SC_ERROR_OUT_OF_MEMORY if OpenSSL cannot create the key: OpenSSL accepts any numbers as a public key and fails
 * only if memory allocation fails. */
int
rsa_key_from_objects(const uint8_t *data, size_t len, EVP_PKEY **public)
{
	struct rsa_numbers numbers;

	if (rsa_numbers_from_objects(data, len, &numbers) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	*public = rsa_key_from_numbers(&numbers);
	return *public == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

EVP_PKEY *
rsa_key_from_modulus(const uint8_t *modulus, size_t len)
{
	struct rsa_numbers numbers = {.modulus = {.value = modulus, .len = len}, .exponent = {.value = usual_exponent, .len = sizeof(usual_exponent)}};

	return rsa_key_from_numbers(&numbers);
}

int
rsa_key_signed(EVP_PKEY *key, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len)
{
	return crypto_verify(key, "SHA256", data, len, signature, signature_len);
}

bool
rsa_key_opens(EVP_PKEY *key, const uint8_t *signature, size_t signature_len)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	size_t len = sizeof(hash);
	EVP_PKEY_CTX *ctx = crypto_operation(key);
	bool opens;

	ERR_set_mark();
	opens = ctx != NULL && EVP_PKEY_verify_recover_init(ctx) == 1 &&
		EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1 && EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1 &&
		EVP_PKEY_verify_recover(ctx, hash, &len, signature, signature_len) == 1;
	EVP_PKEY_CTX_free(ctx);
	ERR_pop_to_mark();
	return opens;
}

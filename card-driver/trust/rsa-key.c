/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rsa-key.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "card-driver/card/tlv.h"
#include "crypto.h"

/* The card's public key object is { 90 exponent, 91 modulus }, both big endian. */
#define TAG_EXPONENT 0x90
#define TAG_MODULUS  0x91

/* Creates a key from E and N and becomes the owner of both. */
static EVP_PKEY *
key_from_numbers(BIGNUM *e, BIGNUM *n)
{
	OSSL_LIB_CTX *context = crypto_context();
	OSSL_PARAM_BLD *build = NULL;
	EVP_PKEY_CTX *ctx = NULL;
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;

	ERR_set_mark();
	if (context != NULL) {
		build = OSSL_PARAM_BLD_new();
		ctx = EVP_PKEY_CTX_new_from_name(context, "RSA", NULL);
	}
	if (e == NULL || n == NULL || build == NULL || ctx == NULL ||
			OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) != 1 ||
			OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) != 1)
		goto out;
	params = OSSL_PARAM_BLD_to_param(build);
	if (params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
			EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
out:
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
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
	struct tlv exponent, modulus;

	if (ber_find(data, len, TAG_EXPONENT, &exponent) < 0 || ber_find(data, len, TAG_MODULUS, &modulus) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	*public = key_from_numbers(BN_bin2bn(exponent.value, (int)exponent.len, NULL), BN_bin2bn(modulus.value, (int)modulus.len, NULL));
	return *public == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

EVP_PKEY *
rsa_key_from_modulus(const uint8_t *modulus, size_t len)
{
	BIGNUM *e = BN_new();

	if (e != NULL && BN_set_word(e, RSA_F4) != 1) {
		BN_free(e);
		e = NULL;
	}
	return key_from_numbers(e, BN_bin2bn(modulus, (int)len, NULL));
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

int
rsa_key_encode(const EVP_PKEY *key, unsigned char **der, size_t *len)
{
	unsigned char *made = NULL;
	int n;

	ERR_set_mark();
	n = i2d_PublicKey(key, &made);
	ERR_pop_to_mark();
	if (n <= 0)
		return SC_ERROR_INTERNAL;
	*der = malloc((size_t)n);
	if (*der != NULL)
		memcpy(*der, made, (size_t)n);
	OPENSSL_free(made);
	*len = (size_t)n;
	return *der == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

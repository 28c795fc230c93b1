/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "public-key.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "card-driver/trust/crypto.h"
#include "card-driver/operations/files.h"
#include "card-driver/card/tlv.h"
#include "card-driver/trust/x509-certificate.h"

/* A public key object of the card: { 90 exponent, 91 modulus }, both big endian. */
#define TAG_EXPONENT 0x90
#define TAG_MODULUS  0x91

static int
from_certificate(const uint8_t *der, size_t len, EVP_PKEY **public)
{
	struct x509_certificate certificate;

	*public = x509_certificate_parse(der, len, &certificate) < 0 ? NULL : x509_certificate_key(&certificate);
	return *public == NULL ? SC_ERROR_UNKNOWN_DATA_RECEIVED : SC_SUCCESS;
}

/* Takes over E and N. */
static EVP_PKEY *
from_numbers(BIGNUM *e, BIGNUM *n)
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

/* OpenSSL takes any numbers for a public key, so that it makes none for want of memory only. */
int
public_key_from_objects(const uint8_t *data, size_t len, EVP_PKEY **public)
{
	struct tlv exponent, modulus;

	if (ber_find(data, len, TAG_EXPONENT, &exponent) < 0 || ber_find(data, len, TAG_MODULUS, &modulus) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	*public = from_numbers(BN_bin2bn(exponent.value, (int)exponent.len, NULL), BN_bin2bn(modulus.value, (int)modulus.len, NULL));
	return *public == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

EVP_PKEY *
public_key_from_modulus(const uint8_t *modulus, size_t len)
{
	BIGNUM *e = BN_new();

	if (e != NULL && BN_set_word(e, RSA_F4) != 1) {
		BN_free(e);
		e = NULL;
	}
	return from_numbers(e, BN_bin2bn(modulus, (int)len, NULL));
}

static int
from_record(const uint8_t *record, size_t len, unsigned tag, EVP_PKEY **public)
{
	struct tlv outer, key;

	if (ber_read(record, len, &outer) < 0 || ber_find(outer.value, outer.len, tag, &key) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	return public_key_from_objects(key.value, key.len, public);
}

/* OpenSSL's errors are the program's, of whose process this is a part: its own stay, ours go. */
static int
from_file(const struct loaded_file *loaded, unsigned tag, EVP_PKEY **public)
{
	int r;

	ERR_set_mark();
	r = tag == 0 ? from_certificate(loaded->data, loaded->have, public) : from_record(loaded->data, loaded->have, tag, public);
	ERR_pop_to_mark();
	return r;
}

int
public_key_load(struct session *session, const struct card_key *key, EVP_PKEY **public)
{
	const struct loaded_file *loaded = NULL;
	int r = files_load(session, card_file_find(key->app, key->public_key), FILE_WHOLE, &loaded);

	if (r < 0)
		return r;
	r = from_file(loaded, key->public_tag, public);
	if (r < 0)
		sc_log(session->card->ctx, "%s: no public key of it", loaded->file->name);
	return r;
}

bool
public_key_at_hand(struct session *session, const struct card_key *key)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	const struct loaded_file *loaded = session_loaded(session, file);

	return loaded != NULL && loaded->whole && session_opens(session, session_openers(session, file));
}

int
public_key_encode(const EVP_PKEY *public, unsigned char **der, size_t *len)
{
	unsigned char *made = NULL;
	int n;

	ERR_set_mark();
	n = i2d_PublicKey(public, &made);
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

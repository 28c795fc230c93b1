/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "keys.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "own-openssl.h"

#define KEY_BITS  2048
#define KEY_BYTES (KEY_BITS / 8)

static const uint8_t exponent[] = {0x01, 0x00, 0x01};

static EVP_PKEY *
make(const char *path)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(vc_own_openssl(), NULL, "RSA", (size_t)KEY_BITS);
	FILE *file = fopen(path, "w");
	int good = key != NULL && file != NULL && PEM_write_PrivateKey_ex(file, key, NULL, NULL, 0, NULL, NULL, vc_own_openssl(), NULL) == 1;

	vc_own_openssl_rest();
	if (file != NULL && fclose(file) != 0)
		good = 0;
	if (!good) {
		fprintf(stderr, "virtual card: %s cannot be made\n", path);
		exit(1);
	}
	return key;
}

EVP_PKEY *
key_get(const char *dir, const char *name)
{
	char path[PATH_MAX];
	EVP_PKEY *key = NULL;
	FILE *file;

	snprintf(path, sizeof(path), "%s/keys", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/keys/%s.pem", dir, name);
	file = fopen(path, "r");
	if (file != NULL) {
		key = PEM_read_PrivateKey_ex(file, NULL, NULL, NULL, vc_own_openssl(), NULL);
		fclose(file);
	}
	return key != NULL ? key : make(path);
}

void
key_modulus(EVP_PKEY *key, uint8_t modulus[KEY_BYTES])
{
	BIGNUM *n = NULL;

	if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) != 1 || BN_bn2binpad(n, modulus, KEY_BYTES) != KEY_BYTES)
		abort();
	BN_free(n);
}

void
key_put_public(struct bytes *bytes, EVP_PKEY *key)
{
	uint8_t modulus[KEY_BYTES];

	key_modulus(key, modulus);
	bytes_tlv(bytes, 0x90, exponent, sizeof(exponent), false);
	bytes_tlv(bytes, 0x91, modulus, sizeof(modulus), false);
}

void
key_sign(struct bytes *signature, EVP_PKEY *key, const void *data, size_t len)
{
	uint8_t value[KEY_BYTES];
	size_t value_len = sizeof(value);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (ctx == NULL || EVP_DigestSignInit_ex(ctx, NULL, "SHA256", vc_own_openssl(), NULL, key, NULL) != 1 ||
			EVP_DigestSign(ctx, value, &value_len, data, len) != 1)
		abort();
	EVP_MD_CTX_free(ctx);
	vc_own_openssl_rest();
	bytes_add(signature, value, value_len);
}

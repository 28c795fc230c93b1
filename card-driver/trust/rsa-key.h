/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RSA public keys: made from numbers, used to check signatures, encoded. */
#ifndef MYNUMBER_RSA_KEY_H
#define MYNUMBER_RSA_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

/* The key in a public key object of the card, { 90 exponent, 91 modulus }. The caller frees it.
 * SC_SUCCESS, SC_ERROR_UNKNOWN_DATA_RECEIVED: DATA holds no key, or SC_ERROR_OUT_OF_MEMORY. */
int rsa_key_from_objects(const uint8_t *data, size_t len, EVP_PKEY **key);

/* A key of exponent 65537. The caller frees it. NULL without memory. */
EVP_PKEY *rsa_key_from_modulus(const uint8_t *modulus, size_t len);

/* Whether KEY made SIGNATURE (PKCS#1 v1.5, SHA-256) over DATA: 1, 0, or -1 without the memory to find out. */
int rsa_key_signed(EVP_PKEY *key, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len);

/* True if KEY made SIGNATURE (PKCS#1 v1.5, SHA-256), whatever the signed data are. */
bool rsa_key_opens(EVP_PKEY *key, const uint8_t *signature, size_t signature_len);

/* The key as DER, PKCS#1 RSAPublicKey; the caller frees *DER. SC_SUCCESS or SC_ERROR_*. */
int rsa_key_encode(const EVP_PKEY *key, unsigned char **der, size_t *len);

#endif

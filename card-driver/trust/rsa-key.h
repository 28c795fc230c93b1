/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates RSA public keys from numbers and verifies signatures with them. */
#ifndef MYNUMBER_RSA_KEY_H
#define MYNUMBER_RSA_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "rsa-numbers.h"

/* Creates a key. The caller frees it. Returns NULL if memory allocation fails. */
EVP_PKEY *rsa_key_from_numbers(const struct rsa_numbers *numbers);

/* Decodes a public key object of the card, { 90 exponent, 91 modulus }. The caller frees the key. Returns SC_SUCCESS,
 * SC_ERROR_UNKNOWN_DATA_RECEIVED if DATA contains no key, or SC_ERROR_OUT_OF_MEMORY. */
int rsa_key_from_objects(const uint8_t *data, size_t len, EVP_PKEY **key);

/* Creates a key with exponent 65537. The caller frees it. Returns NULL if memory allocation fails. */
EVP_PKEY *rsa_key_from_modulus(const uint8_t *modulus, size_t len);

/* Verifies that KEY made SIGNATURE (PKCS#1 v1.5, SHA-256) over DATA. Returns 1 if the signature is valid, 0 if it is
 * not, or -1 if memory allocation fails. */
int rsa_key_signed(EVP_PKEY *key, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len);

/* Returns true if KEY made SIGNATURE (PKCS#1 v1.5, SHA-256) over any data. */
bool rsa_key_opens(EVP_PKEY *key, const uint8_t *signature, size_t signature_len);

#endif

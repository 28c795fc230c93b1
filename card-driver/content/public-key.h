/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public halves of the card's keys, from certificates and signed records. */
#ifndef MYNUMBER_PUBLIC_KEY_H
#define MYNUMBER_PUBLIC_KEY_H

#include <openssl/evp.h>

#include "card-driver/session/session.h"

/* Reads the public key of a private key. The caller frees *PUBLIC with EVP_PKEY_free().
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if its file needs a PIN that is not verified. */
int public_key_load(struct session *session, const struct card_key *key, EVP_PKEY **public);

/* True if the file with the public key is in memory, so that public_key_load() costs no exchange. */
bool public_key_at_hand(struct session *session, const struct card_key *key);

/* The key in a public key object of the card, { 90 exponent, 91 modulus }. The caller frees it.
 * SC_SUCCESS, SC_ERROR_UNKNOWN_DATA_RECEIVED: none in it, or SC_ERROR_OUT_OF_MEMORY. */
int public_key_from_objects(const uint8_t *data, size_t len, EVP_PKEY **public);

/* An RSA key of exponent 65537. The caller frees it. NULL without memory. */
EVP_PKEY *public_key_from_modulus(const uint8_t *modulus, size_t len);

/* The key as DER, PKCS#1 RSAPublicKey; the caller frees *DER. SC_SUCCESS or SC_ERROR_*. */
int public_key_encode(const EVP_PKEY *public, unsigned char **der, size_t *len);

#endif

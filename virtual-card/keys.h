/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The RSA-2048 keys of a persona in DIR/keys/NAME.pem. Each is generated at random when it is first requested. */
#ifndef VIRTUAL_CARD_KEYS_H
#define VIRTUAL_CARD_KEYS_H

#include <stdint.h>

#include <openssl/evp.h>

#include "bytes.h"

/* Returns the key NAME, which the caller frees. Ends the program with a message if the key can be neither read nor made. */
EVP_PKEY *key_get(const char *dir, const char *name);

/* Appends the public key in the card's format: 90 exponent, 91 modulus. */
void key_put_public(struct bytes *bytes, EVP_PKEY *key);

/* Writes the modulus, 256 bytes in big-endian order. */
void key_modulus(EVP_PKEY *key, uint8_t modulus[256]);

/* Appends a PKCS#1 v1.5 signature with SHA-256 over DATA: 256 bytes. */
void key_sign(struct bytes *signature, EVP_PKEY *key, const void *data, size_t len);

#endif

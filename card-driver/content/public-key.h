/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads the public keys of the card from certificates and signed records. */
#ifndef MYNUMBER_PUBLIC_KEY_H
#define MYNUMBER_PUBLIC_KEY_H

#include <openssl/evp.h>

#include "card-driver/session/session.h"
#include "card-driver/trust/rsa-numbers.h"

/* Loads the file with the public key that belongs to a private key and finds the numbers of the key, without OpenSSL. The
 * numbers point into the file and are valid until the next exchange with the card. Returns the same values as
 * public_key_load(). */
int public_key_numbers(struct session *session, const struct card_key *key, struct rsa_numbers *numbers);

/* Loads the public key that belongs to a private key. It is decoded once and kept as long as the file that contains it. The
 * caller frees *PUBLIC with EVP_PKEY_free(), which ends only the caller's reference. Returns SC_SUCCESS,
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if the file needs a PIN that is not verified, or another SC_ERROR_*. */
int public_key_load(struct session *session, const struct card_key *key, EVP_PKEY **public);

/* Returns true if the file with the public key is in memory, so that public_key_load() needs no exchange. */
bool public_key_at_hand(struct session *session, const struct card_key *key);

#endif

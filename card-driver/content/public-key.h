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

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Signatures: COMPUTE DIGITAL SIGNATURE, checked with the public key before anyone sees them. */
#ifndef MYNUMBER_SIGNATURE_H
#define MYNUMBER_SIGNATURE_H

#include "card-driver/session/session.h"

/* The ways in which the card signs (docs/card.md 6.2, 6.4). */
enum signature_method {
	SIGNATURE_PKCS1, /* PKCS#1 v1.5 around the given data, of 1 to 245 bytes */
	SIGNATURE_PSS,	 /* PSS of a SHA-256 hash: MGF1 with SHA-256, salt of 32 bytes */
	SIGNATURE_METHOD_COUNT
};

/* Has the card sign DATA, and verifies the signature. Bytes of the signature or SC_ERROR_*: SC_ERROR_WRONG_LENGTH for data that
 * the method does not take, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if the key's PIN is not, or no longer, verified. */
int signature_make(struct session *session, const struct card_key *key, enum signature_method method, const uint8_t *data, size_t len,
		uint8_t *out, size_t out_len);

/* Has the card sign a random challenge, and verifies the signature with the key's public half, which must be in memory: the
 * card that holds the private key is present. SC_SUCCESS, SC_ERROR_UNKNOWN_DATA_RECEIVED if it is not, or another SC_ERROR_*. */
int signature_challenge(struct session *session, const struct card_key *key);

#endif

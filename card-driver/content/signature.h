/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates signatures with COMPUTE DIGITAL SIGNATURE and verifies them with the public key before they are returned. */
#ifndef MYNUMBER_SIGNATURE_H
#define MYNUMBER_SIGNATURE_H

#include "card-driver/session/session.h"

/* The signature methods of the card (docs/card.md 6.2, 6.4). */
enum signature_method {
	SIGNATURE_PKCS1, /* PKCS#1 v1.5 around the given data, of 1 to 245 bytes */
	SIGNATURE_PSS,	 /* PSS of a SHA-256 hash: MGF1 with SHA-256, salt of 32 bytes */
	SIGNATURE_METHOD_COUNT
};

/* Lets the card sign LEN bytes of DATA and verifies the signature. Returns the number of bytes of the signature or
 * SC_ERROR_*: SC_ERROR_WRONG_LENGTH if the method does not accept data of this length,
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if the key's PIN is not verified or no longer verified. */
int signature_make(struct session *session, const struct card_key *key, enum signature_method method, const uint8_t *data, size_t len,
		uint8_t *out, size_t out_len);

/* Lets the card sign a random challenge and verifies the signature with the public key, which must be in memory. A valid
 * signature proves that the card that holds the private key is present. Returns SC_SUCCESS,
 * SC_ERROR_UNKNOWN_DATA_RECEIVED if the signature is not valid, or another SC_ERROR_*. */
int signature_challenge(struct session *session, const struct card_key *key);

#endif

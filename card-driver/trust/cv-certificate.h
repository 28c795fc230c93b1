/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Card-verifiable certificates: the key that signs an application's records (a municipality's), certified by a national
 * CA (myna-card, verified on cards).
 */
#ifndef MYNUMBER_CV_CERTIFICATE_H
#define MYNUMBER_CV_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

/* A key id: seven ASCII digits (5: production, 6: test; the last three: what for), 08 05, "001", four bytes of padding. */
#define CV_KEY_ID_LEN	  16
#define CV_KEY_ID_PURPOSE 4
#define CV_PURPOSE_LEN	  3

struct cv_certificate {
	const uint8_t *issuer, *subject; /* key ids */
	const uint8_t *body;		 /* what is signed */
	size_t body_len;
	const uint8_t *signature;
	size_t signature_len;
	EVP_PKEY *key; /* of the subject, owned */
};

/* Parses EF 0004 of an application; the certificate points into DATA. The caller frees certificate->key.
 * SC_SUCCESS, SC_ERROR_UNKNOWN_DATA_RECEIVED if it is none, or SC_ERROR_OUT_OF_MEMORY. */
int cv_certificate_parse(const uint8_t *data, size_t len, struct cv_certificate *certificate);

/* Whether ISSUER's key made the certificate's signature; the results of rsa_key_signed(). */
int cv_certificate_signed_by(const struct cv_certificate *certificate, EVP_PKEY *issuer);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Card-verifiable certificates. Such a certificate contains the key that signs an application's records (a
 * municipality's key) and is signed by a national CA (myna-card, verified on cards). The comments that begin with @ are
 * proved (make prove).
 */
#ifndef MYNUMBER_CV_CERTIFICATE_H
#define MYNUMBER_CV_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

/* A key id consists of seven ASCII digits (the first one is 5 for production and 6 for test, the last three state the
 * purpose), the bytes 08 05, "001", and four bytes of padding. */
#define CV_KEY_ID_LEN	  16
#define CV_KEY_ID_PURPOSE 4
#define CV_PURPOSE_LEN	  3

struct cv_certificate {
	const uint8_t *issuer, *subject; /* key ids */
	const uint8_t *body;		 /* the signed bytes */
	size_t body_len;
	const uint8_t *signature;
	size_t signature_len;
	EVP_PKEY *key; /* the subject's key, owned */
};

/* Parses EF 0004 of an application. The pointers in *CERTIFICATE point into DATA; the caller frees certificate->key.
 * Returns SC_SUCCESS, SC_ERROR_UNKNOWN_DATA_RECEIVED if DATA is not such a certificate, or SC_ERROR_OUT_OF_MEMORY. */
int cv_certificate_parse(const uint8_t *data, size_t len, struct cv_certificate *certificate);

/* Verifies that ISSUER made the certificate's signature. Returns the same values as rsa_key_signed(). */
int cv_certificate_signed_by(const struct cv_certificate *certificate, EVP_PKEY *issuer);

#endif

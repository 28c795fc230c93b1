/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CA keys that card-verifiable certificates are checked with: the national ones, and those the configuration adds. */
#ifndef MYNUMBER_CV_KEYS_H
#define MYNUMBER_CV_KEYS_H

#include "card-driver/base/compat.h"
#include "cv-certificate.h"
#include "card-driver/base/settings.h"

#define CV_MODULUS_LEN 256

/* RSA-2048, exponent 65537. */
struct cv_key {
	uint8_t id[CV_KEY_ID_LEN];
	uint8_t modulus[CV_MODULUS_LEN];
};

struct cv_keys {
	size_t count;
	struct cv_key keys[];
};

enum cv_trust {
	CV_UNKNOWN, /* nothing is known of the CA that the certificate names */
	CV_TRUSTED, /* signed by a key of that CA */
	CV_FORGED   /* not signed by any key of that CA, or signed by a known CA over something else */
};

/* The keys that are trusted: production keys, test keys with `accept_test_cards`, and those in the file `trusted_cv_keys`. They
 * are SETTINGS' to free. The file is read at the first call; what is wrong with it is told then, and only then. Several keys
 * may have one id. SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY. */
int cv_keys_load(const sc_context_t *ctx, struct settings *settings, const struct cv_keys **keys);

/* What all of these keys together say of a certificate. SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY: it is not known. */
int cv_keys_check(const sc_context_t *ctx, struct settings *settings, const struct cv_certificate *certificate, enum cv_trust *trust);

#endif

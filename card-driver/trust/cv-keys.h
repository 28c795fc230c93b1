/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CA keys for the verification of card-verifiable certificates: the national ones, and those that the configuration
 * adds. */
#ifndef MYNUMBER_CV_KEYS_H
#define MYNUMBER_CV_KEYS_H

#include "card-driver/base/compat.h"
#include "card-driver/base/settings.h"
#include "cv-certificate.h"
#include "key-list.h"

enum cv_trust {
	CV_UNKNOWN, /* no key of the CA that the certificate names is known */
	CV_TRUSTED, /* the certificate is signed by a key of that CA */
	CV_FORGED   /* the certificate is not signed by any key of that CA, or a known CA signed different data */
};

/* Loads the trusted keys: production keys, test keys with `accept_test_cards`, and those in the file `trusted_cv_keys`.
 * *LIST belongs to SETTINGS and is freed with it. The first call reads the file and tells the user about errors in it;
 * later calls do not. Several keys may have the same id. Returns SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY. */
int cv_keys_load(const sc_context_t *ctx, struct settings *settings, const struct key_list **list);

/* Checks a certificate with all of these keys. Returns SC_SUCCESS, or SC_ERROR_OUT_OF_MEMORY if the result could not be
 * determined. */
int cv_keys_check(const sc_context_t *ctx, struct settings *settings, const struct cv_certificate *certificate, enum cv_trust *trust);

#endif

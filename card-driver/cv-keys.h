/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CA keys that card-verifiable certificates are checked with: the national ones, and those the configuration adds. */
#ifndef MYNUMBER_CV_KEYS_H
#define MYNUMBER_CV_KEYS_H

#include "compat.h"
#include "cv-certificate.h"
#include "settings.h"

/* The CA key with the id ID, if it is trusted: production keys are, test keys with `accept_test_cards`, and those in the
 * file `trusted_cv_keys`, whose bad lines are named in the log. The caller frees it. NULL: not known. */
EVP_PKEY *cv_key_find(sc_context_t *ctx, const struct settings *settings, const uint8_t id[CV_KEY_ID_LEN]);

/* The trusted CA key that made a signature, over whatever. The caller frees it. NULL: none of them. */
EVP_PKEY *cv_key_of_signature(sc_context_t *ctx, const struct settings *settings, const uint8_t *signature, size_t len);

#endif

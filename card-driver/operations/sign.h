/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The signing operations that OpenSC calls: algorithms, security environment, DigestInfo. */
#ifndef MYNUMBER_SIGN_H
#define MYNUMBER_SIGN_H

#include "card-driver/session/session.h"

/* Registers the card's algorithms with OpenSC. Returns SC_SUCCESS or SC_ERROR_*. */
int sign_add_algorithms(struct session *session);

/* Registers the key size *BITS with OpenSC. If *BITS is 0 because the size is unknown, it is set to that of the present
 * card generation. Returns SC_SUCCESS or SC_ERROR_*. */
int sign_accept_key_size(struct session *session, size_t *bits);

/* The operation set_security_env. Stores key and padding without an exchange. Returns SC_SUCCESS or SC_ERROR_*. */
int sign_set_environment(struct session *session, const sc_security_env_t *env);

/* The operation compute_signature. Returns the number of bytes of the signature or SC_ERROR_*:
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if the key's PIN is not verified or no longer verified. */
int sign_compute(struct session *session, const uint8_t *data, size_t len, uint8_t *out, size_t out_len);

#endif

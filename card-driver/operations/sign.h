/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The signing operations that OpenSC asks for: algorithms, security environment, DigestInfo. */
#ifndef MYNUMBER_SIGN_H
#define MYNUMBER_SIGN_H

#include "card-driver/session/session.h"

/* Tells OpenSC which algorithms the card has. SC_SUCCESS or SC_ERROR_*. */
int sign_add_algorithms(struct session *session);

/* Makes OpenSC accept keys of *BITS; 0, where nothing tells the size, becomes that of the present card generation.
 * SC_SUCCESS or SC_ERROR_*. */
int sign_accept_key_size(struct session *session, size_t *bits);

/* The operation set_security_env: remembers key and padding; no exchange. */
int sign_set_environment(struct session *session, const sc_security_env_t *env);

/* The operation compute_signature. Bytes of the signature or SC_ERROR_*;
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if the key's PIN is not, or no longer, verified. */
int sign_compute(struct session *session, const uint8_t *data, size_t len, uint8_t *out, size_t out_len);

#endif

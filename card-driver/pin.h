/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * PINs. The only room that sends VERIFY: for the PIN asked for and no other, well-formed, to its file selected by id, in an
 * application made sure of, and never twice.
 */
#ifndef MYNUMBER_PIN_H
#define MYNUMBER_PIN_H

#include "session.h"

/* True unless the configuration hides the PIN: a code A is the My Number itself. */
bool pin_shown(const struct session *session, const struct card_pin *pin);

/* Asks for the tries left of a PIN without using one. Neither a query that the card answered a moment ago is repeated,
 * nor an application left in which another PIN is verified: then the last known number stands (-1: none).
 * SC_SUCCESS or SC_ERROR_*. */
int pin_query(struct session *session, const struct card_pin *pin, int *tries_left);

/* The operation pin_cmd: VERIFY and GET_INFO. SC_ERROR_INVALID_PIN_LENGTH and SC_ERROR_KEYPAD_PIN_MISMATCH
 * (CKR_PIN_LEN_RANGE, CKR_PIN_INVALID) for a malformed PIN, which the card never sees. */
int pin_command(struct session *session, struct sc_pin_cmd_data *data);

#endif

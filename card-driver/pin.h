/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * PINs. The only room that sends VERIFY: for the PIN asked for and no other, well-formed, to its file selected by id, in an
 * application made sure of, and never twice.
 */
#ifndef MYNUMBER_PIN_H
#define MYNUMBER_PIN_H

#include "pin-text.h"
#include "session.h"

/* True unless the PIN is hidden: a code A, the My Number itself, by the configuration; a copy always. */
bool pin_shown(const struct session *session, const struct card_pin *pin);

/* Asks for the tries left of a PIN without using one. Neither a query that the card answered a moment ago is repeated,
 * nor an application left in which another PIN is verified: then the last known number stands (-1: none).
 * SC_SUCCESS or SC_ERROR_*. */
int pin_query(struct session *session, const struct card_pin *pin, int *tries_left);

/* Whether a VERIFY may be sent: never to a blocked PIN, to one with a single try left only if the user says so
 * (`last_try`). SC_SUCCESS, SC_ERROR_AUTH_METHOD_BLOCKED or another SC_ERROR_*. */
int pin_check_tries(struct session *session, const struct card_pin *pin);

/* Sends one VERIFY, if pin_check_tries() lets it, within a transaction of the caller. SC_SUCCESS or SC_ERROR_*. */
int pin_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text);

/* The operation pin_cmd: VERIFY, CHANGE and GET_INFO. SC_ERROR_INVALID_PIN_LENGTH and SC_ERROR_KEYPAD_PIN_MISMATCH
 * (CKR_PIN_LEN_RANGE, CKR_PIN_INVALID) for a malformed PIN, which the card never sees. */
int pin_command(struct session *session, struct sc_pin_cmd_data *data);

#endif

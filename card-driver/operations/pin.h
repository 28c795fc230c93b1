/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * PINs. The only room that sends VERIFY: for the PIN asked for and no other, well-formed, in an application made sure of,
 * never a value that the card has refused, and never twice.
 */
#ifndef MYNUMBER_PIN_H
#define MYNUMBER_PIN_H

#include "pin-text.h"
#include "card-driver/session/session.h"

/* True unless the PIN is hidden: a code A, the My Number itself, by the configuration; a copy always. */
bool pin_shown(const struct session *session, const struct card_pin *pin);

/* Asks for the tries left of a PIN without using one. Neither a query that the card answered a moment ago is repeated,
 * nor an application left in which another PIN is verified: then the last known number stands (-1: none).
 * SC_SUCCESS or SC_ERROR_*. */
int pin_query(struct session *session, const struct card_pin *pin, int *tries_left);

/* Sends one VERIFY within a transaction of the caller. Not sent: to a blocked PIN, to one with a single try left unless the
 * user says so (`last_try`), SC_ERROR_AUTH_METHOD_BLOCKED; a value that pin-memory.h keeps back,
 * SC_ERROR_PIN_CODE_INCORRECT. SC_SUCCESS or another SC_ERROR_*. By short EF identifier where the card has just counted the
 * tries by the same (docs/card.md 4.9), else by SELECT of the PIN's file. */
int pin_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text);

/* The same before a change: the PIN's file is then the current one. */
int pin_verify_to_change(struct session *session, const struct card_pin *pin, const struct pin_text *old);

/* The same of what the user types at the reader's keypad. */
int pin_verify_at_pad(struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Verifies PINs. Every VERIFY is sent from here: only for the requested PIN, with a well-formed value, and after the
 * application was confirmed. A value that the card has refused is never sent again, and a VERIFY that the card may have
 * counted is never repeated.
 */
#ifndef MYNUMBER_PIN_H
#define MYNUMBER_PIN_H

#include "pin-text.h"
#include "card-driver/session/session.h"

/* Returns false if the PIN is hidden: a code A, which is the My Number itself, if the configuration hides it; the second
 * copy of a PIN always. */
bool pin_shown(const struct session *session, const struct card_pin *pin);

/* Queries the tries left of a PIN without using a try. The last known number (-1: none) is returned without an exchange
 * if the query would deselect another application in which a PIN is verified. Returns SC_SUCCESS or SC_ERROR_*. */
int pin_query(struct session *session, const struct card_pin *pin, int *tries_left);

/* Like pin_query(), for a number that is shown and decides nothing. The last known number is also returned if it is a few
 * seconds old, and the application is not confirmed first where the answer can hardly come from another one. */
int pin_query_to_show(struct session *session, const struct card_pin *pin, int *tries_left);

/* Sends one VERIFY. The caller has begun the transaction. Returns SC_SUCCESS or SC_ERROR_*. VERIFY is not sent, and the
 * error is SC_ERROR_AUTH_METHOD_BLOCKED, if the PIN is blocked or has a single try left, unless the user has allowed the
 * last try (`last_try`). It is not sent, and the error is SC_ERROR_PIN_CODE_INCORRECT, for a value that pin-memory.h
 * holds back. VERIFY uses the short EF identifier if the card has just reported the tries for the same identifier
 * (docs/card.md 4.9), otherwise it follows SELECT of the PIN's file. */
int pin_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text);

/* Like pin_verify(), but before a change: the PIN's file is the current EF afterwards. */
int pin_verify_to_change(struct session *session, const struct card_pin *pin, const struct pin_text *old);

/* Like pin_verify(), with the value that the user types at the reader's keypad. */
int pin_verify_at_pad(struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data);

/* Notes that a transaction begins, before which other programs may have changed or verified PINs. */
void pin_note_transaction(struct session *session);

/* Notes the RESULT of a signature. After SC_ERROR_SECURITY_STATUS_NOT_SATISFIED, OpenSC's PIN cache may send a value in the
 * same transaction. Returns RESULT. */
int pin_note_signature(struct session *session, int result);

/* Computes the hash under which the session remembers a value of the PIN. Returns SC_SUCCESS, or SC_ERROR_* if memory or
 * random numbers are not available. */
int pin_hash(struct session *session, const struct card_pin *pin, const struct pin_text *text, uint8_t hash[SHA256_LEN]);

/* Notes that the card has accepted the value with this hash, by VERIFY or as a new value. HASH is NULL for a value that
 * was typed at the reader. */
void pin_note_right(struct session *session, const struct card_pin *pin, const uint8_t hash[SHA256_LEN]);

#endif

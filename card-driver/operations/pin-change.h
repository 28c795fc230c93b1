/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes PINs: verifies the old value and then sets the new one, in both copies if the card keeps two. */
#ifndef MYNUMBER_PIN_CHANGE_H
#define MYNUMBER_PIN_CHANGE_H

#include "pin-text.h"
#include "card-driver/session/session.h"

/* Changes a PIN. The caller has begun the transaction. Returns SC_SUCCESS; SC_ERROR_NOT_SUPPORTED for the fixed codes;
 * SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_INVALID) if OLD and NEW are equal; or another SC_ERROR_*. If the second copy
 * cannot be changed, the first one is set back to the old value; the log then shows which value each copy has. */
int pin_change(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new);

#endif

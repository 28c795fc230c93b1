/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a PIN: the old value is verified, then the new one is set; where the card keeps two copies, in both. */
#ifndef MYNUMBER_PIN_CHANGE_H
#define MYNUMBER_PIN_CHANGE_H

#include "pin-text.h"
#include "card-driver/session/session.h"

/* Changes a PIN within a transaction of the caller. SC_ERROR_NOT_SUPPORTED for the fixed codes,
 * SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_INVALID) if OLD and NEW are equal, or another SC_ERROR_*. If the second copy cannot
 * be changed, the first is set back; the log says which value each copy has. */
int pin_change(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new);

#endif

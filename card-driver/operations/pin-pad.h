/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* VERIFY with what the user types at the keypad of the reader (PC/SC part 10): the host never sees the PIN. */
#ifndef MYNUMBER_PIN_PAD_H
#define MYNUMBER_PIN_PAD_H

#include "card-driver/session/session.h"

/* Whether a keypad can do what is asked: SC_SUCCESS, or SC_ERROR_NOT_SUPPORTED for changes and for PINs with letters,
 * and the user is told what to do instead. */
int pin_pad_check(const struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data);

/* Has the reader fill VERIFY's data field and send it, within a transaction, with the PIN's EF selected. SC_SUCCESS,
 * SC_ERROR_KEYPAD_*, or another SC_ERROR_*; apdu->sw1 and sw2 tell more. */
int pin_pad_transmit(struct session *session, const struct card_pin *pin, sc_apdu_t *apdu, struct sc_pin_cmd_data *data);

#endif

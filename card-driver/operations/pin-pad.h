/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* VERIFY with what the user types at the keypad of the reader (PC/SC part 10): the host never sees the PIN. */
#ifndef MYNUMBER_PIN_PAD_H
#define MYNUMBER_PIN_PAD_H

#include "card-driver/session/session.h"

/* Whether a keypad can do what is asked: SC_SUCCESS, or SC_ERROR_NOT_SUPPORTED for changes and for PINs with letters,
 * and the user is told what to do instead. */
int pin_pad_check(const struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data);

/* Has the reader fill the data field of VERIFY (INS and P2 are the command's) and send it, within a transaction, with the PIN's EF
 * selected. SC_SUCCESS, SC_ERROR_KEYPAD_*, or another SC_ERROR_*; apdu_answer() tells more. */
int pin_pad_send(struct session *session, const struct card_pin *pin, unsigned ins, unsigned p2, struct sc_pin_cmd_data *data);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends VERIFY with a PIN that the user types at the reader's keypad (PC/SC part 10), so that the PIN never reaches the
 * host. */
#ifndef MYNUMBER_PIN_PAD_H
#define MYNUMBER_PIN_PAD_H

#include "card-driver/session/session.h"

/* Checks whether a keypad can be used for this command. Returns SC_SUCCESS, or SC_ERROR_NOT_SUPPORTED for changes and
 * for PINs with letters; then the user is told what to do instead. */
int pin_pad_check(const struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data);

/* Makes the reader fill the data field of VERIFY with the typed PIN and send the command. INS and P2 are those of the
 * command. The caller has begun a transaction and selected the PIN's EF. Returns SC_SUCCESS, SC_ERROR_KEYPAD_*, or
 * another SC_ERROR_*; apdu_answer() returns the status word. */
int pin_pad_send(struct session *session, const struct card_pin *pin, unsigned ins, unsigned p2, struct sc_pin_cmd_data *data);

#endif

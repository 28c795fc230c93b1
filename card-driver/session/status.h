/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's status words (JICSAP IC card specification 1.1, table 25) as OpenSC's errors. */
#ifndef MYNUMBER_STATUS_H
#define MYNUMBER_STATUS_H

#include <stdbool.h>

#include "card-driver/base/compat.h"

/* SC_SUCCESS for 9000, else the SC_ERROR_* of SW1 SW2, with one line in the debug log. Signature of ops->check_sw. */
int status_check(struct sc_card *card, unsigned int sw1, unsigned int sw2);

/* True for an error that a status word, or what came with it, stands for: the card is there and has answered. */
bool status_is_answer(int r);

/* True for such an error if the card does not say that a PIN is needed, and if it is not one of our own. */
bool status_is_refusal(int r);

/* Tries left that 63Cx tells, 0 for a blocked PIN (63C0, 6983, 6984), -1 where the status word tells none. */
int status_tries_left(unsigned int sw1, unsigned int sw2);

/* True if the card or the reader does not take a command of this form (6700, 6A86, 6B00, 6D00), and did nothing with it. */
bool status_form_refused(unsigned int sw1, unsigned int sw2);

/* True if the card says of a PIN that it is wrong: 63Cx and 6300. */
bool status_pin_refused(unsigned int sw1, unsigned int sw2);

#endif

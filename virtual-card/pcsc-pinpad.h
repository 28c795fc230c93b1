/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader's keypad (PC/SC part 10, FEATURE_VERIFY_PIN_DIRECT), there where VIRTUAL_CARD_PINPAD says what is typed. */
#ifndef VIRTUAL_CARD_PCSC_PINPAD_H
#define VIRTUAL_CARD_PCSC_PINPAD_H

#include "pcsc-reader.h"

bool vc_pinpad_present(void);

/* Fills the command in IN, a PIN_VERIFY_STRUCTURE, with what is typed and sends it. The answer is the card's status word,
 * or the keypad's: 6400 timeout, 6401 cancelled, 6403 length, 6B80 a structure that does not make a plain VERIFY. */
vc_control_fn vc_pinpad_verify;

#endif

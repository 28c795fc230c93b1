/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader's keypad (PC/SC part 10, FEATURE_VERIFY_PIN_DIRECT). It exists if VIRTUAL_CARD_PINPAD says what is typed. */
#ifndef VIRTUAL_CARD_PCSC_PINPAD_H
#define VIRTUAL_CARD_PCSC_PINPAD_H

#include "pcsc-reader.h"

bool vc_pinpad_present(void);

/* IN is a PIN_VERIFY_STRUCTURE. Fills its command with the typed digits and sends it. The answer is the card's status word,
 * or one from the keypad: 6400 timeout, 6401 cancelled, 6403 length, 6B80 a structure that does not describe a plain VERIFY. */
vc_control_fn vc_pinpad_verify;

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of a PIN, checked and folded before the card sees it: a malformed one must not cost a try. */
#ifndef MYNUMBER_PIN_TEXT_H
#define MYNUMBER_PIN_TEXT_H

#include "card-driver/card/card-map.h"

struct pin_text {
	uint8_t bytes[PIN_LENGTH_MAX];
	size_t len;
};

/* Takes a PIN as the user entered it; lower case letters are folded where the card stores upper case.
 * SC_SUCCESS, SC_ERROR_INVALID_PIN_LENGTH, or SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_INVALID) for other characters. */
int pin_text_set(struct pin_text *text, const struct card_pin *pin, const uint8_t *entered, size_t len);

void pin_text_clear(struct pin_text *text);

#endif

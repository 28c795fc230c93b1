/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks the text of a PIN and converts it to the card's form before it is sent, because a malformed PIN must not use a
 * try. The comments that begin with @ are proved (make prove). */
#ifndef MYNUMBER_PIN_TEXT_H
#define MYNUMBER_PIN_TEXT_H

#include "card-driver/card/card-map.h"

struct pin_text {
	uint8_t bytes[PIN_LENGTH_MAX];
	size_t len;
};

/*@ predicate is_sendable(struct card_pin *pin, uint8_t typed, uint8_t sent) =
  @	('0' <= sent <= '9' && sent == typed) || (pin->charset == PIN_UPPER_ALNUM && 'A' <= sent <= 'Z' && (typed == sent || typed == sent - 'A' + 'a')); */

/* Stores a PIN as the user entered it in TEXT. Lower case letters are converted to upper case if the card stores upper
 * case. Returns SC_SUCCESS, SC_ERROR_INVALID_PIN_LENGTH, or SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_INVALID) if ENTERED
 * contains other characters. */
/*@ requires \valid(text) && \valid_read(pin) && (entered == \null || \valid_read(entered + (0 .. len - 1)));
  @ requires \separated(text, pin, entered + (0 .. len - 1));
  @ assigns *text;
  @ ensures \result == 0 ==> text->len == len && pin->min <= len <= \min(pin->max, PIN_LENGTH_MAX) && entered != \null;
  @ ensures \result == 0 ==> \forall integer i; 0 <= i < len ==> is_sendable(pin, entered[i], text->bytes[i]); */
int pin_text_set(struct pin_text *text, const struct card_pin *pin, const uint8_t *entered, size_t len);

/* Stores the value of a PIN that the holder has not set. Returns SC_SUCCESS, or the errors of pin_text_set() if ENTERED is
 * not that value. */
int pin_text_set_unset(struct pin_text *text, const struct card_pin *pin, const uint8_t *entered, size_t len);

/* Clears the PIN in TEXT, so that it does not stay in memory. */
void pin_text_clear(struct pin_text *text);

#endif

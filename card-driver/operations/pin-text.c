/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-text.h"

#include <string.h>

#include "card-driver/base/compat.h"

/* Accepts ASCII digits only, independent of the locale. */
/*@ assigns \nothing;
  @ ensures \result == 0 || \result == 1;
  @ ensures \result <==> '0' <= c <= '9'; */
static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/*@ assigns \nothing;
  @ ensures 'a' <= c <= 'z' ? \result == c - 'a' + 'A' : \result == c; */
static uint8_t
to_upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
}

/*@ assigns \nothing;
  @ ensures \result <==> '0' <= c <= '9' || (charset == PIN_UPPER_ALNUM && 'A' <= c <= 'Z'); */
static bool
fits_charset(enum pin_charset charset, uint8_t c)
{
	return is_digit(c) || (charset == PIN_UPPER_ALNUM && c >= 'A' && c <= 'Z');
}

int
pin_text_set(struct pin_text *text, const struct card_pin *pin, const uint8_t *entered, size_t len)
{
	size_t i;

	*text = (struct pin_text){.len = len};
	if (entered == NULL || len < pin->min || len > pin->max || len > PIN_LENGTH_MAX)
		return SC_ERROR_INVALID_PIN_LENGTH;
	/*@ loop invariant i <= len && text->len == len;
	  @ loop invariant \forall integer k; 0 <= k < i ==> is_sendable(pin, entered[k], text->bytes[k]);
	  @ loop assigns i, text->bytes[0 .. len - 1];
	  @ loop variant len - i; */
	for (i = 0; i < len; i++) {
		text->bytes[i] = pin->charset == PIN_UPPER_ALNUM ? to_upper(entered[i]) : entered[i];
		if (!fits_charset(pin->charset, text->bytes[i]))
			return SC_ERROR_KEYPAD_PIN_MISMATCH; /* PKCS#11 modules turn this error into CKR_PIN_INVALID */
	}
	return SC_SUCCESS;
}

int
pin_text_set_unset(struct pin_text *text, const struct card_pin *pin, const uint8_t *entered, size_t len)
{
	*text = (struct pin_text){.len = len};
	if (entered == NULL || len != strlen(pin->unset_value))
		return SC_ERROR_INVALID_PIN_LENGTH;
	if (memcmp(entered, pin->unset_value, len) != 0)
		return SC_ERROR_KEYPAD_PIN_MISMATCH;
	memcpy(text->bytes, entered, len);
	return SC_SUCCESS;
}

void
pin_text_clear(struct pin_text *text)
{
	sc_mem_clear(text, sizeof(*text));
}

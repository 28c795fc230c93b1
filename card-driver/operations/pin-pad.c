/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-pad.h"

#include "card-driver/base/tell.h"
#include "card-driver/session/exchange.h"

/* The offset of the PIN in a short command: it follows CLA INS P1 P2 Lc. */
#define PIN_OFFSET 5

int
pin_pad_check(const struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data)
{
	sc_context_t *ctx = session->card->ctx;

	/* A change needs two commands, VERIFY of the old value and then a command with the new value alone, but a reader
	 * sends only one. */
	if (data->cmd != SC_PIN_CMD_VERIFY) {
		tell_user(ctx, "%s cannot be changed at the reader's keypad: give both values to the program", pin->label);
		return SC_ERROR_NOT_SUPPORTED;
	}
	if (pin->charset != PIN_DIGITS) {
		tell_user(ctx, "%s may have letters, which the reader's keypad lacks: give it to the program, or set enable_pinpad = false in reader_driver pcsc { }", pin->label);
		return SC_ERROR_NOT_SUPPORTED;
	}
	if (!session_pin_is_set(session, pin->id)) {
		tell_user(ctx, "%s is not set, and its value %s cannot be typed at the reader's keypad: give it to the program, or set enable_pinpad = false in reader_driver pcsc { }", pin->label, pin->unset_value);
		return SC_ERROR_NOT_SUPPORTED;
	}
	return session->card->reader->ops->perform_verify != NULL ? SC_SUCCESS : SC_ERROR_NOT_SUPPORTED;
}

int
pin_pad_send(struct session *session, const struct card_pin *pin, unsigned ins, unsigned p2, struct sc_pin_cmd_data *data)
{
	sc_reader_t *reader = session->card->reader;
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_3_SHORT, (int)ins, 0, (int)p2);
	apdu.flags |= SC_APDU_FLAGS_NO_RETRY_WL;
	/* This card treats a padded PIN as a wrong PIN. Therefore padding is switched off whatever the caller requested,
	 * and exactly the typed characters are sent. */
	data->flags &= ~(unsigned)SC_PIN_CMD_NEED_PADDING;
	data->pin1.encoding = SC_PIN_ENCODING_ASCII;
	data->pin1.offset = PIN_OFFSET;
	data->pin1.min_length = pin->min;
	data->pin1.max_length = pin->max;
	data->apdu = &apdu;
	r = reader->ops->perform_verify(reader, data);
	data->apdu = NULL;
	/* As sc_transmit_apdu() does for other commands: the reader has connected again, and another card may be in it. */
	if (r == SC_ERROR_CARD_RESET || r == SC_ERROR_READER_REATTACHED)
		session_forget(session);
	/* As in apdu_send(), the answer had no status word. */
	if (r == SC_ERROR_UNKNOWN_DATA_RECEIVED)
		r = SC_ERROR_TRANSMIT_FAILED;
	return apdu_note_answer(session, &apdu, r);
}

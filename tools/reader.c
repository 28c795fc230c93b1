/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reader.h"

#include "libopensc/opensc.h"

#define WAIT_FOREVER (-1)

static struct sc_reader *
with_card(struct sc_context *ctx, int number)
{
	unsigned i;

	for (i = 0; i < sc_ctx_get_reader_count(ctx); i++) {
		struct sc_reader *reader = sc_ctx_get_reader(ctx, i);
		int state;

		if (reader == NULL || (number != READER_ANY && i != (unsigned)number))
			continue;
		state = sc_detect_card_presence(reader);
		if (state >= 0 && (state & SC_READER_CARD_PRESENT))
			return reader;
	}
	return NULL;
}

static int
wait_for_change(struct sc_context *ctx)
{
	struct sc_reader *reader = NULL;
	unsigned event = 0;
	int r = sc_wait_for_event(ctx, SC_EVENT_CARD_INSERTED | SC_EVENT_READER_ATTACHED, &reader, &event, WAIT_FOREVER, NULL);

	/* OpenSC calls it a timeout when no more than the list of readers has changed */
	return r < 0 && r != SC_ERROR_EVENT_TIMEOUT ? r : sc_ctx_detect_readers(ctx);
}

static void
tell_none(struct sc_context *ctx, int number)
{
	unsigned count = sc_ctx_get_reader_count(ctx);

	if (count == 0)
		complain("no card reader found: is it plugged in, and does pcscd run?");
	else if (number != READER_ANY && (unsigned)number >= count)
		complain("there is no reader %d; opensc-tool --list-readers lists them", number);
	else
		complain("no card in the reader; --wait waits for one");
}

enum outcome
reader_find(struct sc_context *ctx, int number, bool wait, struct sc_reader **reader)
{
	*reader = with_card(ctx, number);
	if (*reader == NULL && wait)
		complain("waiting for a card (カードをかざしてください)");
	while (*reader == NULL && wait) {
		int r = wait_for_change(ctx);

		if (r < 0) {
			complain("cannot wait for a card: %s", sc_strerror(r));
			return OUTCOME_ERROR;
		}
		*reader = with_card(ctx, number);
	}
	if (*reader == NULL)
		tell_none(ctx, number);
	return *reader == NULL ? OUTCOME_ERROR : OUTCOME_GENUINE;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reader.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "libopensc/opensc.h"

#define WAIT_FOREVER (-1)

enum outcome
reader_parse_number(const char *option, const char *text, int *number)
{
	char *end = NULL;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno == 0 && end != text && *end == '\0' && value >= 0 && value <= INT_MAX) {
		*number = (int)value;
		return OUTCOME_GENUINE;
	}
	complain("%s takes the number of a reader, as opensc-tool --list-readers shows it, not %s", option, text);
	return OUTCOME_USAGE;
}

enum outcome
reader_start_opensc(struct sc_context **ctx)
{
	sc_context_param_t param = {.app_name = TOOL_NAME};
	int r = sc_context_create(ctx, &param);

	if (r < 0)
		complain("OpenSC does not start: %s", sc_strerror(r));
	return r < 0 ? OUTCOME_ERROR : OUTCOME_GENUINE;
}

static bool
reader_has_card(struct sc_context *ctx, unsigned i)
{
	struct sc_reader *reader = sc_ctx_get_reader(ctx, i);
	int state = reader == NULL ? 0 : sc_detect_card_presence(reader);

	return state >= 0 && (state & SC_READER_CARD_PRESENT) != 0;
}

/* Counts the readers with a card, or only reader NUMBER. FOUND gets the number of the last one. */
static unsigned
count_readers_with_card(struct sc_context *ctx, int number, unsigned *found)
{
	unsigned i, count = 0;

	for (i = 0; i < sc_ctx_get_reader_count(ctx); i++)
		if ((number == READER_ANY || i == (unsigned)number) && reader_has_card(ctx, i)) {
			*found = i;
			count++;
		}
	return count;
}

static int
wait_for_reader_event(struct sc_context *ctx)
{
	struct sc_reader *reader = NULL;
	unsigned event = 0;
	int r = sc_wait_for_event(ctx, SC_EVENT_CARD_INSERTED | SC_EVENT_READER_ATTACHED, &reader, &event, WAIT_FOREVER, NULL);

	/* OpenSC reports a timeout if only the list of readers has changed */
	return r < 0 && r != SC_ERROR_EVENT_TIMEOUT ? r : sc_ctx_detect_readers(ctx);
}

static void
report_no_card(struct sc_context *ctx, int number)
{
	unsigned count = sc_ctx_get_reader_count(ctx);

	if (count == 0)
		complain("no card reader was found. Plug it in, and check that pcscd runs.");
	else if (number != READER_ANY && (unsigned)number >= count)
		complain("there is no reader %d. List the readers with opensc-tool --list-readers.", number);
	else
		complain("there is no card in the reader. To continue, put the card in. opensc-mynumber-config doctor finds other causes. (カードがありません。カードを挿入するか、置いてください)");
}

static enum outcome
connect_reader_card(struct sc_context *ctx, unsigned i, struct sc_card **card)
{
	int r = sc_connect_card(sc_ctx_get_reader(ctx, i), card);

	if (r == SC_SUCCESS)
		return OUTCOME_GENUINE;
	complain("the card in reader %u cannot be used: %s", i, sc_strerror(r));
	return OUTCOME_ERROR;
}

static void
print_reader_card(struct sc_context *ctx, unsigned i)
{
	struct sc_reader *reader = sc_ctx_get_reader(ctx, i);
	struct card_name name = {0};
	char text[CARD_NAME_TEXT_SIZE];
	struct sc_card *card = NULL;

	if (sc_connect_card(reader, &card) == SC_SUCCESS) {
		card_name_read(&name, card);
		sc_disconnect_card(card);
	}
	card_name_format(&name, text);
	fprintf(stderr, "  %u  %s: %s\n", i, reader->name, text);
}

/* No reader is guessed: a code that is sent to another person's card costs a try of that card. */
static enum outcome
refuse_several_cards(struct sc_context *ctx)
{
	unsigned i;

	complain("several readers have a card. No code was sent. Choose a reader: --reader NUMBER (report: -r NUMBER). "
		 "(複数のリーダライタにカードがあります。どのカードにも番号を送信していません。--reader 番号 で選んでください)");
	for (i = 0; i < sc_ctx_get_reader_count(ctx); i++)
		if (reader_has_card(ctx, i))
			print_reader_card(ctx, i);
	return OUTCOME_USAGE;
}

enum outcome
reader_open(struct sc_context *ctx, int number, bool wait, struct sc_card **card)
{
	unsigned found = 0, count = count_readers_with_card(ctx, number, &found);

	if (count == 0 && wait)
		complain("waiting for a card (カードを待っています。カードを挿入するか、置いてください)");
	while (count == 0 && wait) {
		int r = wait_for_reader_event(ctx);

		if (r < 0) {
			complain("cannot wait for a card: %s", sc_strerror(r));
			return OUTCOME_ERROR;
		}
		count = count_readers_with_card(ctx, number, &found);
	}
	if (count == 1)
		return connect_reader_card(ctx, found, card);
	if (count > 1)
		return refuse_several_cards(ctx);
	report_no_card(ctx, number);
	return OUTCOME_ERROR;
}

void
reader_print_card_name(struct sc_card *card, struct card_name *name)
{
	char text[CARD_NAME_TEXT_SIZE];

	card_name_read(name, card);
	card_name_format(name, text);
	complain("%s in %s", text, card->reader->name);
}

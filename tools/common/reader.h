/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card that is meant, and how it is named to its holder. For all programs that ask for a PIN or code. */
#ifndef TOOLS_READER_H
#define TOOLS_READER_H

#include <stdbool.h>

#include "card-name.h"
#include "outcome.h"

struct sc_context;
struct sc_card;

/* No reader was named: the one with a card, if there is one only. */
#define READER_ANY (-1)

/* Parses TEXT, the value of OPTION, as the number of a reader. OUTCOME_GENUINE, or OUTCOME_USAGE with a message on standard error. */
enum outcome reader_parse_number(const char *option, const char *text, int *number);

/* Connects to the card in reader NUMBER (from 0) or in the only reader with a card (READER_ANY); if WAIT, waits for it. It stays
 * connected while a person types, so that another card in the same reader is noticed. Sends no PIN. OUTCOME_GENUINE;
 * OUTCOME_USAGE where several readers have a card and none was named, after a list of them; OUTCOME_ERROR: no such card.
 * The last two with a message on standard error. */
enum outcome reader_open(struct sc_context *ctx, int number, bool wait, struct sc_card **card);

/* Reads which card it is, and says so on standard error, before its PIN is asked for. */
void reader_print_card_name(struct sc_card *card, struct card_name *name);

#endif

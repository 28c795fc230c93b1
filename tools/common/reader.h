/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Chooses the reader, connects to its card and names the card, for every program that asks for a PIN or a code. */
#ifndef TOOLS_READER_H
#define TOOLS_READER_H

#include <stdbool.h>

#include "card-name.h"
#include "outcome.h"

struct sc_context;
struct sc_card;

/* No reader was chosen: use the only one with a card. */
#define READER_ANY (-1)

/* Parses TEXT, the value of OPTION, as the number of a reader. OUTCOME_GENUINE, or OUTCOME_USAGE with a message on standard error. */
enum outcome reader_parse_number(const char *option, const char *text, int *number);

/* Starts libopensc under the name of the program. The caller ends it with sc_release_context(). OUTCOME_GENUINE, or OUTCOME_ERROR after a
 * message on standard error. */
enum outcome reader_start_opensc(struct sc_context **ctx);

/* Connects to the card in reader NUMBER (from 0), or in the only reader with a card (READER_ANY). If WAIT is set, waits for a card. Keep
 * the connection while the user types: it shows that the card was replaced. Sends no PIN. OUTCOME_GENUINE; OUTCOME_USAGE after a list of
 * the readers, if several have a card and none was chosen; OUTCOME_ERROR if there is no card. The last two write a message to standard
 * error. */
enum outcome reader_open(struct sc_context *ctx, int number, bool wait, struct sc_card **card);

/* Reads the name of the card and prints it to standard error. Call it before asking for a PIN. */
void reader_print_card_name(struct sc_card *card, struct card_name *name);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader with the card. */
#ifndef TOOLS_READER_H
#define TOOLS_READER_H

#include <stdbool.h>

#include "outcome.h"

struct sc_context;
struct sc_reader;

/* Of all readers, the first one with a card. */
#define READER_ANY (-1)

/* Finds reader NUMBER (from 0) or READER_ANY with a card in it; if WAIT, waits for both. Sends nothing to the card.
 * OUTCOME_GENUINE, or OUTCOME_ERROR with a message on standard error. */
enum outcome reader_find(struct sc_context *ctx, int number, bool wait, struct sc_reader **reader);

#endif

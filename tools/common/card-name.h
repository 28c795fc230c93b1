/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which My Number Card it is, by what everybody may read: it is named before a code is asked for, and compared before one is sent. */
#ifndef TOOLS_CARD_NAME_H
#define TOOLS_CARD_NAME_H

#include <stdbool.h>

struct sc_card;

#define CARD_NUMBER_LEN 15
#define CARD_EXPIRY_LEN 8

/* Both are empty where the card does not tell them, as smartphones and other cards do not. */
struct card_name {
	char number[CARD_NUMBER_LEN + 1];
	char expiry[CARD_EXPIRY_LEN + 1]; /* YYYYMMDD */
};

/* Reads the card number record (docs/card.md 3.21) by two commands of its own in one transaction; sends no PIN. */
void card_name_read(struct card_name *name, struct sc_card *card);

/* True if both are the same card, as far as their numbers tell. */
bool card_name_equal(const struct card_name *name, const struct card_name *other);

/* The card number but for its last four digits, or what is there instead. TEXT is then its name on a screen. */
#define CARD_NAME_TEXT_SIZE 64
void card_name_format(const struct card_name *name, char text[CARD_NAME_TEXT_SIZE]);

/* True unless the year of expiry in CODE_B, its digits 7 to 10 of 14, is another than the card's: then it is another card's code, or
 * mistyped. Says so on standard error. */
bool card_name_matches_code(const struct card_name *name, const char *code_b);

#endif

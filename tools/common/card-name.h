/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Identifies a card by its public card number, to name it before a PIN is asked for and to compare it before a PIN is sent. */
#ifndef TOOLS_CARD_NAME_H
#define TOOLS_CARD_NAME_H

#include <stdbool.h>

struct sc_card;
struct sc_pkcs15_card;

#define CARD_NUMBER_LEN 15
#define CARD_EXPIRY_LEN 8

/* Both are empty if the card has no card number record: a smartphone, or another kind of card. */
struct card_name {
	char number[CARD_NUMBER_LEN + 1];
	char expiry[CARD_EXPIRY_LEN + 1]; /* YYYYMMDD */
};

/* Reads the card number record (docs/card.md 3.21) in one transaction. Sends no PIN. */
void card_name_read(struct card_name *name, struct sc_card *card);

/* True if both card numbers are equal. */
bool card_name_equal(const struct card_name *name, const struct card_name *other);

/* True if P15CARD, which was bound later, is of the card of that name, as far as its serial number shows. A card without a number has no
 * name that could differ. */
bool card_name_is_of(const struct card_name *name, const struct sc_pkcs15_card *p15card);

/* Writes the name of the card for the screen: the card number with only its last four digits shown. */
#define CARD_NAME_TEXT_SIZE 64
void card_name_format(const struct card_name *name, char text[CARD_NAME_TEXT_SIZE]);

/* False, with a message on standard error, if the year of expiry in CODE_B (digits 7 to 10 of 14) differs from the card's: the code
 * then belongs to another card, or was mistyped. */
bool card_name_matches_code(const struct card_name *name, const char *code_b);

#endif

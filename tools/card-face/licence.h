/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the driving licence (免許証AP) from the chip, through OpenSC's PKCS#15 interface. */
#ifndef TOOLS_LICENCE_H
#define TOOLS_LICENCE_H

#include <stdbool.h>

#include "card-driver/base/secret.h"
#include "tools/common/card-name.h"
#include "tools/common/outcome.h"

struct sc_card;

/* Lists have one entry in each line. */
enum licence_item {
	LICENCE_REPORT,	    /* findings of the driver */
	LICENCE_NUMBER,	    /* digits */
	LICENCE_EXPIRY,	    /* YYYYMMDD */
	LICENCE_COLOUR,	    /* the colour class in Japanese */
	LICENCE_CLASSES,    /* names of the classes held */
	LICENCE_DATES,	    /* a kind of classes, a space, YYYYMMDD or "none" */
	LICENCE_CONDITIONS, /* texts */
	LICENCE_REMARKS,    /* texts */
	LICENCE_PHOTO,	    /* JPEG 2000 */
	LICENCE_HISTORY,    /* number of the driving history (運転経歴情報), and its date in a second line */
	LICENCE_ITEM_COUNT
};

struct licence {
	struct secret items[LICENCE_ITEM_COUNT];
	bool given[LICENCE_ITEM_COUNT]; /* the card has given the item, which may be empty */
	bool refused;			/* the driver has refused a value because it is not authentic */
};

#define LICENCE_PIN_DIGITS 4

/* The environment variable that may hold the PIN. */
#define LICENCE_PIN_ENV "MYNUMBER_LICENCE_PIN"

struct licence_pin {
	char digits[LICENCE_PIN_DIGITS + 1]; /* empty: the card wants no PIN */
};

/* Looks for the application. PIN_WANTED tells whether the card wants its PIN. Sends no PIN. OUTCOME_GENUINE, or OUTCOME_ERROR with a message
 * on standard error. */
enum outcome licence_find(struct sc_card *card, bool *pin_wanted);

/* Reads the PIN from the first line of FILE, or if FILE is NULL from the environment, where it is cleared, or asks for it on the terminal.
 * OUTCOME_GENUINE, or OUTCOME_MALFORMED or OUTCOME_ERROR with a message on standard error. */
enum outcome licence_pin_get(struct licence_pin *pin, const char *file);

/* Reads the licence. Sends the PIN only if the card is still the one of NAME. OUTCOME_GENUINE means only that the licence was read; other
 * outcomes write a message to standard error. Call licence_free() in either case. */
enum outcome licence_read(struct licence *licence, struct sc_card *card, const struct card_name *name, const struct licence_pin *pin);
void licence_free(struct licence *licence);

#endif

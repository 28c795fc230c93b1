/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the card face from the chip, through OpenSC's PKCS#15 interface. */
#ifndef TOOLS_FACE_H
#define TOOLS_FACE_H

#include <stdbool.h>

#include "card-driver/base/secret.h"
#include "tools/common/code-b.h"
#include "tools/common/card-name.h"
#include "tools/common/outcome.h"

struct sc_card;
struct licence;

/* Every item except the reports is empty if the card does not have it, or if the driver refuses it because it is not authentic. */
enum face_item {
	FACE_PHOTO,	    /* JP2 */
	FACE_NAME_IMAGE,    /* PNG */
	FACE_ADDRESS_IMAGE, /* PNG */
	FACE_CODE_IMAGE,    /* PNG of the security code */
	FACE_BIRTH,	    /* YYYYMMDD */
	FACE_SEX,	    /* one digit of JIS X 0303 */
	FACE_EXPIRY,	    /* YYYYMMDD */
	FACE_REPORT,	    /* findings of the driver, one a line */
	FACE_NAME,	    /* UTF-8, from the Input Support application */
	FACE_ADDRESS,	    /* UTF-8, from the same */
	FACE_TEXT_REPORT,   /* findings about the same */
	FACE_TEXT_BIRTH,    /* YYYYMMDD, from the same, to compare */
	FACE_TEXT_SEX,	    /* one digit, from the same, to compare */
	FACE_ITEM_COUNT
};

struct face {
	struct secret items[FACE_ITEM_COUNT];
	bool refused[FACE_ITEM_COUNT]; /* the driver has refused the value because it is not authentic */
	bool code_missing;	       /* Input Support has no code B, which every card has (docs/card.md 4.6), so its texts cannot be read */
	bool withheld;		       /* the card has accepted code B and then refused the data that it opens */
	const struct licence *licence; /* the driving licence, which the caller owns; NULL: not asked for */
};

/* Reads the connected CARD. Sends the code only if the card is still the one of NAME. OUTCOME_GENUINE means only that the face was read;
 * other outcomes write a message to standard error. Call face_free() in either case. */
enum outcome face_read(struct face *face, struct sc_card *card, const struct card_name *name, const struct code_b *code);
void face_free(struct face *face);

#endif

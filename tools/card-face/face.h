/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card face as the chip holds it, read through OpenSC's PKCS#15 interface. */
#ifndef TOOLS_FACE_H
#define TOOLS_FACE_H

#include <stdbool.h>

#include "tools/common/buffer.h"
#include "tools/common/code-b.h"
#include "tools/common/card-name.h"
#include "tools/common/outcome.h"

struct sc_card;

/* All but the reports are empty where the card has none, or where the driver refuses what is not authentic. */
enum face_item {
	FACE_PHOTO,	    /* JP2 */
	FACE_NAME_IMAGE,    /* PNG */
	FACE_ADDRESS_IMAGE, /* PNG */
	FACE_CODE_IMAGE,    /* PNG of the security code */
	FACE_BIRTH,	    /* YYYYMMDD */
	FACE_SEX,	    /* one digit of JIS X 0303 */
	FACE_EXPIRY,	    /* YYYYMMDD */
	FACE_REPORT,	    /* findings, one a line */
	FACE_NAME,	    /* UTF-8, of the Input Support application */
	FACE_ADDRESS,	    /* UTF-8, of the same */
	FACE_TEXT_REPORT,   /* its findings */
	FACE_TEXT_BIRTH,    /* YYYYMMDD, of the same: to compare */
	FACE_TEXT_SEX,	    /* one digit, of the same */
	FACE_ITEM_COUNT
};

struct face {
	struct buffer items[FACE_ITEM_COUNT];
	bool refused; /* the driver has refused a value because it is not authentic */
};

/* Reads the connected CARD, which gets the code only if it is still the one of NAME. OUTCOME_GENUINE says only that it was read; else there is a message on standard error.
 * face_free() it in any case. */
enum outcome face_read(struct face *face, struct sc_card *card, const struct card_name *name, const struct code_b *code);
void face_free(struct face *face);

#endif

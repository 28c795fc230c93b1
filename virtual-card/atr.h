/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The known ATRs (answers to reset) of the card. Each has the name of its variant atr-NAME. */
#ifndef VIRTUAL_CARD_ATR_H
#define VIRTUAL_CARD_ATR_H

#include <stddef.h>
#include <stdint.h>

#define VC_ATR_MAX 33

struct vc_atr {
	const char *name;
	const char *meaning;
	uint8_t len;
	uint8_t bytes[VC_ATR_MAX];
};

/* Finds the ATR called NAME (NULL: the default one). Returns NULL if there is none. */
const struct vc_atr *vc_atr_find(const char *name);

/* Returns the table of all ATRs; COUNT gets its length. */
const struct vc_atr *vc_atr_all(size_t *count);

#endif

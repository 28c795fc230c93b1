/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of a virtual card. card.h declares what a reader does with the card, and command.h what its commands share. */
#ifndef VIRTUAL_CARD_CARD_PARTS_H
#define VIRTUAL_CARD_CARD_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "apdu.h"
#include "atr.h"
#include "items.h"
#include "state.h"
#include "variant.h"

struct virtual_card {
	struct vc_variant variant;
	struct vc_content content;
	struct vc_state state;
	const struct vc_atr *atr;
	char *dir;
	int log; /* a file descriptor; -1: no log */

	/* the answer under construction: data, then the status word */
	uint8_t answer[VC_ANSWER_MAX];
	size_t answer_len;
};

#endif

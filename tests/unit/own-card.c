/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>
#include <stdio.h>

#include "libopensc/internal.h"

#include "own-card.h"

sc_context_t own_ctx;
struct sc_reader own_reader;
sc_card_t own_card;

int
sc_lock(sc_card_t *locked)
{
	return locked == &own_card ? SC_SUCCESS : SC_ERROR_INTERNAL;
}

int
sc_unlock(sc_card_t *locked)
{
	return locked == &own_card ? SC_SUCCESS : SC_ERROR_INTERNAL;
}

bool
own_ctx_without_log(void)
{
	own_ctx.debug_file = fopen("/dev/null", "w");
	return own_ctx.debug_file != NULL;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log-level.h"

#include <stdlib.h>

/* A lowered level is the user's one, negative: OpenSC logs nothing then, and every session of this context, also a later one,
 * finds the user's level there again. Nothing raises it before the context ends: OpenSC's PKCS#11 module keeps certificates
 * and values, and logs them without calling the driver. */
void
log_level_lower(sc_context_t *ctx)
{
	if (ctx->debug <= 0 || ctx->debug >= SC_LOG_DEBUG_PIN)
		return;
	sc_log(ctx, "what a PIN protects has been read: from here on this log holds the driver's exchanges only");
	ctx->debug = -ctx->debug;
}

int
log_level_for_exchange(sc_context_t *ctx, bool private)
{
	int level = ctx->debug;

	ctx->debug = private && level < SC_LOG_DEBUG_PIN ? 0 : abs(level);
	return level;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log-level.h"

#include <stdlib.h>

/* The level is lowered by negating the user's level: OpenSC logs nothing at a negative level, and every session of this
 * context, even a later one, can recover the user's level. The level stays lowered until the context ends, because
 * OpenSC's PKCS#11 module keeps certificates and values and logs them without calling the driver. */
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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log-error.h"

int
log_error_of(sc_context_t *ctx, const char *file, int line, const char *function, int r, const char *what)
{
	if (r < 0)
		sc_do_log(ctx, SC_LOG_DEBUG_NORMAL, file, line, function, "%s: %d (%s)", what, r, sc_strerror(r));
	return r;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One line of OpenSC's log for a failure, where a function has one way out: LOG_TEST_RET returns at once. */
#ifndef MYNUMBER_LOG_ERROR_H
#define MYNUMBER_LOG_ERROR_H

#include "compat.h"

/* Logs, if R is an error, the function, WHAT and the SC_ERROR at OpenSC's usual level. WHAT names a file, a PIN or a key, never
 * a value. Yields R. */
#define log_error(ctx, r, what) log_error_of((ctx), __FILE__, __LINE__, __func__, (r), (what))

/* See log_error(). */
int log_error_of(sc_context_t *ctx, const char *file, int line, const char *function, int r, const char *what);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logs a failure in functions with a single exit, for which LOG_TEST_RET cannot be used because it returns at once. */
#ifndef MYNUMBER_LOG_ERROR_H
#define MYNUMBER_LOG_ERROR_H

#include "compat.h"

/* If R is an error, logs the function, WHAT and the error at OpenSC's usual debug level. WHAT names a file, a PIN or a
 * key and never contains a value. Returns R. */
#define log_error(ctx, r, what) log_error_of((ctx), __FILE__, __LINE__, __func__, (r), (what))

/* Implements log_error(). */
int log_error_of(sc_context_t *ctx, const char *file, int line, const char *function, int r, const char *what);

#endif

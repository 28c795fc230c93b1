/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes messages for the user. */
#ifndef MYNUMBER_TELL_H
#define MYNUMBER_TELL_H

#include "compat.h"

/* Writes one line to OpenSC's log, or to standard error, independent of the debug level, because OpenSC disables its log
 * during PIN commands, when messages matter most. A message says what happened and what to do next. It must not contain
 * secrets. */
void tell_user(const sc_context_t *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

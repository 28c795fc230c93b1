/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words for the user. */
#ifndef MYNUMBER_TELL_H
#define MYNUMBER_TELL_H

#include "compat.h"

/* Writes one line to OpenSC's log, or standard error, whatever the debug level: OpenSC mutes its log during PIN commands,
 * when it matters most. What went wrong and what to do next; no secrets. */
void tell_user(const sc_context_t *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

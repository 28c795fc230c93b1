/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * OpenSC's log must not hold what a PIN protects, below the level at which OpenSC itself writes PINs on purpose
 * (SC_LOG_DEBUG_PIN; docs/security.md). The driver cannot choose OpenSC's words; it can lower the level of the log.
 */
#ifndef MYNUMBER_LOG_LEVEL_H
#define MYNUMBER_LOG_LEVEL_H

#include <stdbool.h>

#include "compat.h"

/* Private content goes to OpenSC now, which writes it to its log when a program asks for it, and keeps it for later: PKCS#11
 * attributes at level 3, ASN.1 at level 6. From here on, in this libopensc context and until it ends, only the driver's own
 * exchanges are logged. */
void log_level_lower(sc_context_t *ctx);

/* Sets the level for one exchange: none for PRIVATE ones, else what the user asked for. The level to set back afterwards. */
int log_level_for_exchange(sc_context_t *ctx, bool private);

#endif

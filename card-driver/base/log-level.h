/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keeps data that a PIN protects out of OpenSC's log, unless the level is SC_LOG_DEBUG_PIN, at which OpenSC itself logs
 * PINs on purpose (docs/security.md). The driver cannot change what OpenSC logs, but it can lower the level of the log.
 */
#ifndef MYNUMBER_LOG_LEVEL_H
#define MYNUMBER_LOG_LEVEL_H

#include <stdbool.h>

#include "compat.h"

/* Called before private content is passed to OpenSC, which keeps it and logs it when a program requests it: PKCS#11
 * attributes at level 3, ASN.1 at level 6. From this call until the libopensc context ends, only the driver's own
 * exchanges are logged. */
void log_level_lower(sc_context_t *ctx);

/* Sets the debug level for one exchange: 0 if the exchange is PRIVATE, otherwise the level that the user has configured.
 * Returns the level that the caller must restore afterwards. */
int log_level_for_exchange(sc_context_t *ctx, bool private);

#endif

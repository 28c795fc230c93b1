/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A card without a reader for tests of the driver, in place of OpenSC's sc_lock() and sc_unlock(). For one test program. */
#ifndef TESTS_OWN_CARD_H
#define TESTS_OWN_CARD_H

#include <stdbool.h>

#include "libopensc/opensc.h"

extern sc_context_t own_ctx;
extern struct sc_reader own_reader;
extern sc_card_t own_card;

/* The log of own_ctx goes nowhere. False: /dev/null cannot be opened. */
bool own_ctx_without_log(void);

#endif

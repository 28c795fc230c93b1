/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replaces OpenSC's sc_lock() and sc_unlock(), so that driver tests have a card without a reader. Link it into one test
 * program only. */
#ifndef TESTS_OWN_CARD_H
#define TESTS_OWN_CARD_H

#include <stdbool.h>

#include "libopensc/opensc.h"

extern sc_context_t own_ctx;
extern struct sc_reader own_reader;
extern sc_card_t own_card;

/* Makes own_ctx write its log to /dev/null. Returns false if that cannot be opened. */
bool own_ctx_without_log(void);

#endif

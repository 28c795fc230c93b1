/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates the PKCS#15 view of the card when OpenSC binds to it. */
#ifndef MYNUMBER_EMULATOR_H
#define MYNUMBER_EMULATOR_H

#include "card-driver/base/compat.h"

/* Binds one application, or the whole card if AID is NULL. The objects of a class are added when they are first
 * requested, so that nothing is read unnecessarily. Returns SC_SUCCESS, SC_ERROR_WRONG_CARD for other drivers' cards, or
 * another SC_ERROR_*. */
int emulator_bind(struct sc_pkcs15_card *p15card, const struct sc_aid *aid);

#endif

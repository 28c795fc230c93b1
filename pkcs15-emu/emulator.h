/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PKCS#15 view of the card, made when OpenSC binds to it. */
#ifndef MYNUMBER_EMULATOR_H
#define MYNUMBER_EMULATOR_H

#include "card-driver/base/compat.h"

/* Binds one application (AID) or, with a NULL AID, the whole card. Objects are added when their class is first asked for,
 * so that nothing is read that nobody looks at. SC_ERROR_WRONG_CARD for other drivers' cards, or another SC_ERROR_*. */
int emulator_bind(struct sc_pkcs15_card *p15card, const struct sc_aid *aid);

#endif

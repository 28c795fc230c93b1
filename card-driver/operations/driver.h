/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card driver `mynumber`: what OpenSC calls, each operation a few lines that pass it on. */
#ifndef MYNUMBER_DRIVER_H
#define MYNUMBER_DRIVER_H

#include "card-driver/session/session.h"

#define DRIVER_SHORT_NAME "mynumber"

/* The driver, writable static memory as OpenSC wants it. */
struct sc_card_driver *driver_get(void);

/* The session of a card that this driver serves, or NULL for any other card. */
struct session *driver_session(const sc_card_t *card);

#endif

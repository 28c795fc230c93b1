/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card driver `mynumber`: the operations that OpenSC calls. Each one passes the call to another file. */
#ifndef MYNUMBER_DRIVER_H
#define MYNUMBER_DRIVER_H

#include "card-driver/session/session.h"

#define DRIVER_SHORT_NAME "mynumber"

/* Returns the driver, which is in writable static memory because OpenSC requires that. */
struct sc_card_driver *driver_get(void);

/* Returns the session of a card that this driver serves, or NULL for any other card. */
struct session *driver_session(const sc_card_t *card);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which application is selected, and how the driver makes sure of it. */
#ifndef MYNUMBER_APPLICATION_H
#define MYNUMBER_APPLICATION_H

#include "session.h"

/* SELECTs an application by its whole AID; what was verified counts as lost. SC_ERROR_FILE_NOT_FOUND if absent. */
int session_select_app(struct session *session, enum app_id app);

/* Makes sure that the application is the selected one: by proof where a PIN of it is verified, else by SELECT. */
int session_need_app(struct session *session, enum app_id app);

/* False if the card is known not to have the application: asked for in vain, or other than JPKI on a phone. */
bool session_has_app(const struct session *session, enum app_id app);

/* Leaves nothing verified on the card: selects another application if a PIN is, or for all we know may be, verified. */
int session_logout(struct session *session);

#endif

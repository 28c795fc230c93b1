/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which card this is: the record of the common application (共通カードAP), or a hash where a token has none. */
#ifndef MYNUMBER_IDENTITY_H
#define MYNUMBER_IDENTITY_H

#include "card-driver/session/session.h"

/* Fills session->who.identity once per connection. Selecting the common application ends every verification, so this is
 * called when binding, before any VERIFY. SC_SUCCESS or SC_ERROR_*. */
int identity_load(struct session *session);

/* For session->confirm: SC_ERROR_CARD_REMOVED if the card is, since a reset, another than the one whose serial number was asked for before. */
int identity_confirm(struct session *session);

/* Whether the JPKI application is on a smartphone: its token information says so, or says nothing that is known and the
 * authentication certificate is closed. Costs an exchange or three. */
bool identity_is_phone(struct session *session);

#endif

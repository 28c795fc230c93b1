/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Identifies the card by the record of the common application (共通カードAP), or by a hash if a token has no such record. */
#ifndef MYNUMBER_IDENTITY_H
#define MYNUMBER_IDENTITY_H

#include "card-driver/session/session.h"

/* Reads the identity once per connection. Called when OpenSC binds to the card, before any VERIFY, because
 * selecting the common application ends every verification. Returns SC_SUCCESS or SC_ERROR_*. */
int identity_load(struct session *session);

/* Returns the identity that identity_load() has read. */
const struct identity *identity_of(const struct session *session);

/* The function for session->confirm. Returns SC_SUCCESS, SC_ERROR_CARD_REMOVED if a reset has shown that the card is not
 * the one whose serial number was read before, or another SC_ERROR_*. */
int identity_confirm(struct session *session);

/* Returns true if the JPKI application is on a smartphone: if its token information has a phone's label, or if the label
 * is unknown and the authentication certificate is protected. Takes one to three exchanges. */
bool identity_is_phone(struct session *session);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the applications that not every card has: the driving licence and the residence card. */
#ifndef MYNUMBER_OPTIONAL_H
#define MYNUMBER_OPTIONAL_H

#include "card-driver/session/session.h"

/* Looks for an optional application, once in a connection and never while a PIN is verified, because a SELECT would end
 * the verification. Reads what has to be known before a VERIFY: whether the licence PIN is set, and the free files of
 * the Residence application. A card without the application, or that refuses these files, is no error. Returns SC_SUCCESS
 * or the SC_ERROR_* of an exchange that failed. */
int optional_find(struct session *session, enum app_id app);

/* Returns true if the card has given the free files of the Residence application. */
bool optional_residence_is_readable(const struct session *session);

#endif

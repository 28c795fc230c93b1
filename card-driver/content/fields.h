/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the decoded values that card/field-map.h lists. */
#ifndef MYNUMBER_FIELDS_H
#define MYNUMBER_FIELDS_H

#include "card-driver/base/secret.h"
#include "card-driver/card/field-map.h"

struct session;

/* Reads a decoded value. Returns SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND if this card does not have the value, or another
 * SC_ERROR_*. */
int field_read(struct session *session, const struct card_field *field, struct secret *value);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the decoded values that card/field-map.h lists. */
#ifndef MYNUMBER_FIELDS_H
#define MYNUMBER_FIELDS_H

#include "card-driver/card/field-map.h"

struct session;

/* Owned bytes of a value. */
struct field_value {
	uint8_t *data;
	size_t len;
};

/* True unless the configuration hides the field because it holds the My Number. */
bool field_shown(const struct session *session, const struct card_field *field);

/* Reads a value. SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND where this card does not have it, or another SC_ERROR_*. */
int field_read(struct session *session, const struct card_field *field, struct field_value *value);

/* Clears and frees. */
void field_value_clear(struct field_value *value);

#endif

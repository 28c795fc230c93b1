/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decoded values: what stands inside the card's records, each offered to OpenSC as a file of its own with an id that the
 * card does not use.
 */
#ifndef MYNUMBER_FIELDS_H
#define MYNUMBER_FIELDS_H

#include "card-map.h"

struct session;
struct card_field;

/* Owned bytes of a value. */
struct field_value {
	uint8_t *data;
	size_t len;
};

/* Ids of the values of the card number record, which show under JPKI. */
#define FIELD_CARD_NUMBER  0xC001
#define FIELD_CARD_EXPIRY  0xC002
#define FIELD_MUNICIPALITY 0xC003

/* The entry, or NULL where there is none. */
const struct card_field *card_field_find(enum app_id app, uint16_t id);

/* True unless the configuration hides the field because it holds the My Number. */
bool field_shown(const struct session *session, const struct card_field *field);

/* Reads a value. SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND where this card does not have it, or another SC_ERROR_*. */
int field_read(struct session *session, const struct card_field *field, struct field_value *value);

/* Clears and frees. */
void field_value_clear(struct field_value *value);

#endif

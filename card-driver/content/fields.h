/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decoded values: what stands inside the card's records, each offered to OpenSC as a file of its own with an id that the
 * card does not use.
 */
#ifndef MYNUMBER_FIELDS_H
#define MYNUMBER_FIELDS_H

#include "card-driver/card/card-map.h"

struct session;
struct card_field;

/* Owned bytes of a value. */
struct field_value {
	uint8_t *data;
	size_t len;
};

/* Ids of the values: under JPKI those of the card number record, elsewhere those of the records. */
#define FIELD_CARD_NUMBER  0xC001
#define FIELD_CARD_EXPIRY  0xC002
#define FIELD_MUNICIPALITY 0xC003
#define FIELD_NAME	   0xC011
#define FIELD_ADDRESS	   0xC012
#define FIELD_BIRTH	   0xC013
#define FIELD_SEX	   0xC014
#define FIELD_NUMBER	   0xC015
#define FIELD_FACE_BIRTH   0xC021
#define FIELD_FACE_SEX	   0xC022
#define FIELD_FACE_NAME	   0xC023
#define FIELD_FACE_ADDRESS 0xC024
#define FIELD_FACE_PHOTO   0xC025
#define FIELD_FACE_EXPIRY  0xC026
#define FIELD_FACE_CODE	   0xC027
#define FIELD_AGE_BIRTH	   0xC028
#define FIELD_NUMBER_IMAGE 0xC029
#define FIELD_REPORT	   0xC0FF /* in every application */

/* The entry, or NULL where there is none. */
const struct card_field *card_field_find(enum app_id app, uint16_t id);

/* True unless the configuration hides the field because it holds the My Number. */
bool field_shown(const struct session *session, const struct card_field *field);

/* Reads a value. SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND where this card does not have it, or another SC_ERROR_*. */
int field_read(struct session *session, const struct card_field *field, struct field_value *value);

/* Clears and frees. */
void field_value_clear(struct field_value *value);

#endif

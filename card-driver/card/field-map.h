/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decoded values: what stands inside the card's records, each offered to OpenSC as a file of its own with an id that the
 * card does not use. Facts only; content/fields.h reads them.
 */
#ifndef MYNUMBER_FIELD_MAP_H
#define MYNUMBER_FIELD_MAP_H

#include "card-map.h"

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

/* Where a value comes from. */
enum field_kind {
	FIELD_OF_IDENTITY, /* the card number record */
	FIELD_OF_RECORD,   /* an object in a record of the application */
	FIELD_OF_REPORT	   /* the checks of this driver, in words */
};

/* A tag of no object: the value is that of the record itself. */
#define FIELD_WHOLE_VALUE 0

struct card_field {
	enum app_id app;
	uint16_t id;
	enum field_kind kind;
	uint16_t file; /* FIELD_OF_RECORD: the record, */
	unsigned tag;  /* and the object in it */
	bool holds_number;
};

/* The entry, or NULL where there is none. */
const struct card_field *card_field_find(enum app_id app, uint16_t id);

#endif

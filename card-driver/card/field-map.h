/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The decoded values in the card's records. Each value is offered to OpenSC as a file of its own, with an id that the
 * card does not use. The table contains facts only; content/fields.h reads the values.
 */
#ifndef MYNUMBER_FIELD_MAP_H
#define MYNUMBER_FIELD_MAP_H

#include "card-map.h"

/* The ids of the values. Those under JPKI come from the card number record, the others from records of their
 * application. */
#define FIELD_CARD_NUMBER	 0xC001
#define FIELD_CARD_EXPIRY	 0xC002
#define FIELD_MUNICIPALITY	 0xC003
#define FIELD_NAME		 0xC011
#define FIELD_ADDRESS		 0xC012
#define FIELD_BIRTH		 0xC013
#define FIELD_SEX		 0xC014
#define FIELD_NUMBER		 0xC015
#define FIELD_FACE_BIRTH	 0xC021
#define FIELD_FACE_SEX		 0xC022
#define FIELD_FACE_NAME		 0xC023
#define FIELD_FACE_ADDRESS	 0xC024
#define FIELD_FACE_PHOTO	 0xC025
#define FIELD_FACE_EXPIRY	 0xC026
#define FIELD_FACE_CODE		 0xC027
#define FIELD_AGE_BIRTH		 0xC028
#define FIELD_NUMBER_IMAGE	 0xC029
#define FIELD_LICENCE_NUMBER	 0xC031
#define FIELD_LICENCE_EXPIRY	 0xC032
#define FIELD_LICENCE_COLOUR	 0xC033
#define FIELD_LICENCE_CLASSES	 0xC034
#define FIELD_LICENCE_DATES	 0xC035
#define FIELD_LICENCE_CONDITIONS 0xC036
#define FIELD_LICENCE_REMARKS	 0xC037
#define FIELD_LICENCE_PHOTO	 0xC038
#define FIELD_HISTORY_NUMBER	 0xC039
#define FIELD_RESIDENCE_TYPE	 0xC041
#define FIELD_RESIDENCE_VERSION	 0xC042
#define FIELD_REPORT		 0xC0FF /* exists in every application with values */

/* The source of a value. */
enum field_kind {
	FIELD_OF_IDENTITY,  /* the card number record */
	FIELD_OF_RECORD,    /* an object in a record of the application */
	FIELD_OF_FREE_FILE, /* an object that is the whole content of a free file, which nobody has signed */
	FIELD_OF_LICENCE,   /* one or several objects of the licence record; content/licence.h decodes them */
	FIELD_OF_REPORT	    /* the results of this driver's checks, as text */
};

/* The tag that no object has. It means that the value is that of the record itself. */
#define FIELD_WHOLE_VALUE 0

struct card_field {
	enum app_id app;
	uint16_t id;
	enum field_kind kind;
	uint16_t file; /* the file that contains the value, except for values of the identity and reports */
	unsigned tag;  /* the tag of the object in the record */
	bool holds_number;
};

/* Returns the entry, or NULL if there is none. */
const struct card_field *card_field_find(enum app_id app, uint16_t id);

#endif

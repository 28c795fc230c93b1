/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "field-map.h"

/* Sources: docs/card.md 3.21 (card number record), 3.9, 3.10 (Input Support), 3.16, 3.17, 3.19 (Card Surface). */
static const struct card_field card_fields[] = {
		{APP_JPKI, FIELD_CARD_NUMBER, FIELD_OF_IDENTITY, 0, 0, false},
		{APP_JPKI, FIELD_CARD_EXPIRY, FIELD_OF_IDENTITY, 0, 0, false},
		{APP_JPKI, FIELD_MUNICIPALITY, FIELD_OF_IDENTITY, 0, 0, false},
		{APP_JPKI, FIELD_REPORT, FIELD_OF_REPORT, 0, 0, false},

		{APP_TEXT, FIELD_NAME, FIELD_OF_RECORD, EF_FOUR_DATA, 0xDF22, false},
		{APP_TEXT, FIELD_ADDRESS, FIELD_OF_RECORD, EF_FOUR_DATA, 0xDF23, false},
		{APP_TEXT, FIELD_BIRTH, FIELD_OF_RECORD, EF_FOUR_DATA, 0xDF24, false},
		{APP_TEXT, FIELD_SEX, FIELD_OF_RECORD, EF_FOUR_DATA, 0xDF25, false},
		{APP_TEXT, FIELD_NUMBER, FIELD_OF_RECORD, EF_NUMBER, FIELD_WHOLE_VALUE, true},
		{APP_TEXT, FIELD_REPORT, FIELD_OF_REPORT, 0, 0, false},

		{APP_SURFACE, FIELD_FACE_BIRTH, FIELD_OF_RECORD, EF_FACE, 0xDF22, false},
		{APP_SURFACE, FIELD_FACE_SEX, FIELD_OF_RECORD, EF_FACE, 0xDF23, false},
		{APP_SURFACE, FIELD_FACE_NAME, FIELD_OF_RECORD, EF_FACE, 0xDF25, false},
		{APP_SURFACE, FIELD_FACE_ADDRESS, FIELD_OF_RECORD, EF_FACE, 0xDF26, false},
		{APP_SURFACE, FIELD_FACE_PHOTO, FIELD_OF_RECORD, EF_FACE, 0xDF27, false},
		{APP_SURFACE, FIELD_FACE_EXPIRY, FIELD_OF_RECORD, EF_FACE, 0xDF29, false},
		{APP_SURFACE, FIELD_FACE_CODE, FIELD_OF_RECORD, EF_FACE, 0xDF2A, false},
		{APP_SURFACE, FIELD_AGE_BIRTH, FIELD_OF_RECORD, EF_AGE, 0xDF11, false},
		{APP_SURFACE, FIELD_NUMBER_IMAGE, FIELD_OF_RECORD, EF_NUMBER_IMAGE, 0xDF41, true},
		{APP_SURFACE, FIELD_REPORT, FIELD_OF_REPORT, 0, 0, false},
};

const struct card_field *
card_field_find(enum app_id app, uint16_t id)
{
	size_t i;

	for (i = 0; i < sizeof(card_fields) / sizeof(card_fields[0]); i++)
		if (card_fields[i].app == app && card_fields[i].id == id)
			return &card_fields[i];
	return NULL;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include <string.h>

#include "card-driver/card/field-map.h"
#include "object.h"

struct data_object {
	enum app_id app;
	uint16_t id; /* id of a file or a field */
	enum pin_id pin;
	enum condition condition;
	const char *label;
};

static const struct data_object data_objects[] = {
		{APP_JPKI, FIELD_CARD_NUMBER, PIN_NONE, IF_RECORD, "Card number"},
		{APP_JPKI, FIELD_CARD_EXPIRY, PIN_NONE, IF_RECORD, "Card expiry date"},
		{APP_JPKI, FIELD_MUNICIPALITY, PIN_NONE, IF_RECORD, "Municipality code"},
		{APP_JPKI, EF_TOKEN_INFO, PIN_NONE, ALWAYS, "Token information"},
		{APP_JPKI, FIELD_REPORT, PIN_NONE, ALWAYS, "JPKI certificate report"},

		{APP_TEXT, FIELD_NAME, PIN_TEXT, ALWAYS, "Name"},
		{APP_TEXT, FIELD_ADDRESS, PIN_TEXT, ALWAYS, "Address"},
		{APP_TEXT, FIELD_BIRTH, PIN_TEXT, ALWAYS, "Date of birth"},
		{APP_TEXT, FIELD_SEX, PIN_TEXT, ALWAYS, "Sex"},
		{APP_TEXT, EF_FOUR_DATA, PIN_TEXT, ALWAYS, "Basic four data"},
		{APP_TEXT, EF_TEXT_KEY, PIN_TEXT, ALWAYS, "Input Support card key record"},
		{APP_TEXT, EF_CV_CERTIFICATE, PIN_NONE, ALWAYS, "Input Support CV certificate"},
		{APP_TEXT, EF_TEXT_INFO, PIN_NONE, ALWAYS, "Input Support AP information"},
		{APP_TEXT, FIELD_NUMBER, PIN_TEXT, IF_MY_NUMBER, "My Number"},
		{APP_TEXT, EF_NUMBER, PIN_TEXT, IF_MY_NUMBER, "My Number record"},
		{APP_TEXT, EF_INTEGRITY, PIN_TEXT, IF_MY_NUMBER, "Integrity record"},
		{APP_TEXT, FIELD_REPORT, PIN_TEXT, ALWAYS, "Input Support authenticity"},

		{APP_SURFACE, FIELD_FACE_BIRTH, PIN_SURFACE_B, ALWAYS, "Face date of birth"},
		{APP_SURFACE, FIELD_FACE_SEX, PIN_SURFACE_B, ALWAYS, "Face sex"},
		{APP_SURFACE, FIELD_FACE_NAME, PIN_SURFACE_B, ALWAYS, "Face name image"},
		{APP_SURFACE, FIELD_FACE_ADDRESS, PIN_SURFACE_B, ALWAYS, "Face address image"},
		{APP_SURFACE, FIELD_FACE_PHOTO, PIN_SURFACE_B, ALWAYS, "Face photo"},
		{APP_SURFACE, FIELD_FACE_EXPIRY, PIN_SURFACE_B, ALWAYS, "Face expiry date"},
		{APP_SURFACE, FIELD_FACE_CODE, PIN_SURFACE_B, ALWAYS, "Face security code image"},
		{APP_SURFACE, EF_FACE, PIN_SURFACE_B, ALWAYS, "Card face record"},
		{APP_SURFACE, EF_AGE, PIN_BIRTH, ALWAYS, "Age record"},
		{APP_SURFACE, FIELD_AGE_BIRTH, PIN_BIRTH, ALWAYS, "Age date of birth"},
		{APP_SURFACE, EF_CV_CERTIFICATE, PIN_NONE, ALWAYS, "Card Surface CV certificate"},
		{APP_SURFACE, EF_SURFACE_INFO, PIN_NONE, ALWAYS, "Card Surface AP information"},
		{APP_SURFACE, FIELD_NUMBER_IMAGE, PIN_SURFACE_A, IF_MY_NUMBER, "My Number image"},
		{APP_SURFACE, EF_NUMBER_IMAGE, PIN_SURFACE_A, IF_MY_NUMBER, "My Number image record"},
		{APP_SURFACE, FIELD_REPORT, PIN_SURFACE_B, ALWAYS, "Card Surface authenticity"},

		{APP_LICENCE, FIELD_LICENCE_NUMBER, PIN_LICENCE, ALWAYS, "Licence number"},
		{APP_LICENCE, FIELD_LICENCE_EXPIRY, PIN_LICENCE, ALWAYS, "Licence expiry date"},
		{APP_LICENCE, FIELD_LICENCE_COLOUR, PIN_LICENCE, ALWAYS, "Licence colour class"},
		{APP_LICENCE, FIELD_LICENCE_CLASSES, PIN_LICENCE, ALWAYS, "Licence classes"},
		{APP_LICENCE, FIELD_LICENCE_DATES, PIN_LICENCE, ALWAYS, "Licence dates"},
		{APP_LICENCE, FIELD_LICENCE_CONDITIONS, PIN_LICENCE, ALWAYS, "Licence conditions"},
		{APP_LICENCE, FIELD_LICENCE_REMARKS, PIN_LICENCE, ALWAYS, "Licence remarks"},
		{APP_LICENCE, FIELD_LICENCE_PHOTO, PIN_LICENCE, ALWAYS, "Licence photo"},
		{APP_LICENCE, FIELD_HISTORY_NUMBER, PIN_LICENCE, ALWAYS, "Driving history number"},
		{APP_LICENCE, EF_LICENCE, PIN_LICENCE, ALWAYS, "Licence record"},
		{APP_LICENCE, EF_LICENCE_SIGNATURE, PIN_LICENCE, ALWAYS, "Licence signature record"},
		{APP_LICENCE, EF_LICENCE_SETTING, PIN_NONE, ALWAYS, "Licence PIN setting"},
		{APP_LICENCE, FIELD_REPORT, PIN_LICENCE, ALWAYS, "Licence authenticity"},

		{APP_RESIDENCE, FIELD_RESIDENCE_TYPE, PIN_NONE, IF_RESIDENCE, "Residence card type"},
		{APP_RESIDENCE, FIELD_RESIDENCE_VERSION, PIN_NONE, IF_RESIDENCE, "Residence card specification version"},
		{APP_RESIDENCE, EF_RESIDENCE_TYPE, PIN_NONE, IF_RESIDENCE, "Residence card type record"},
		{APP_RESIDENCE, EF_RESIDENCE_COMMON, PIN_NONE, IF_RESIDENCE, "Residence common data"},
};

/* What a PIN opens that is not set is listed without a PIN, so that programs do not ask for one. */
static int
add_data(struct sc_pkcs15_card *p15card, const struct session *session, const struct data_object *entry)
{
	const char *app_label = applications[entry->app].label;
	struct sc_pkcs15_object object = object_make(entry->label, session_pin_is_set(session, entry->pin) ? entry->pin : PIN_NONE);
	struct sc_pkcs15_data_info info = {0};

	memcpy(info.app_label, app_label, strnlen(app_label, sizeof(info.app_label) - 1));
	sc_init_oid(&info.app_oid);
	object_set_path(&info.path, entry->app, entry->id);
	return sc_pkcs15emu_add_data_object(p15card, &object, &info);
}

/* The token information counts as decoded: it is text that programs know. The version of the residence card's specification
 * counts as raw: it is of little use, and a card with all applications has 32 decoded values without it, which is what
 * pkcs15-tool can list. */
static bool
is_in_part(const struct data_object *entry, enum data_part part)
{
	bool raw = card_file_find(entry->app, entry->id) != NULL ? entry->app != APP_JPKI : entry->id == FIELD_RESIDENCE_VERSION;

	return part == DATA_ALL || raw == (part == DATA_RAW);
}

static bool
is_listed(struct session *session, const struct data_object *entry, const struct application *app)
{
	return entry->app == app->id && object_wanted(session, entry->condition);
}

size_t
objects_count_data(struct session *session, const struct application *app)
{
	size_t i, count = 0;

	for (i = 0; i < sizeof(data_objects) / sizeof(data_objects[0]); i++)
		count += is_listed(session, &data_objects[i], app);
	return count;
}

int
objects_add_data_part(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app, enum data_part part)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(data_objects) / sizeof(data_objects[0]) && r == SC_SUCCESS; i++)
		if (is_in_part(&data_objects[i], part) && is_listed(session, &data_objects[i], app))
			r = add_data(p15card, session, &data_objects[i]);
	return r;
}

int
objects_add_data(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	return objects_add_data_part(p15card, session, app, DATA_ALL);
}

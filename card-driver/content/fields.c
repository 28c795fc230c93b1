/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fields.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/session/session.h"
#include "authentic.h"
#include "identity.h"
#include "report.h"

/* The value of the outermost object itself. */
#define WHOLE_VALUE 0

struct card_field {
	enum app_id app;
	uint16_t id;
	int (*read)(struct session *session, const struct card_field *field, struct field_value *value);
	uint16_t file; /* read_object: the record that it stands in, */
	unsigned tag;  /* and its object there */
	size_t offset; /* read_identity: of a string in struct identity */
	bool holds_number;
};

static int read_identity(struct session *session, const struct card_field *field, struct field_value *value);
static int read_object(struct session *session, const struct card_field *field, struct field_value *value);
static int read_report(struct session *session, const struct card_field *field, struct field_value *value);

static const struct card_field card_fields[] = {
		{APP_JPKI, FIELD_CARD_NUMBER, read_identity, 0, 0, offsetof(struct identity, serial), false},
		{APP_JPKI, FIELD_CARD_EXPIRY, read_identity, 0, 0, offsetof(struct identity, expiry), false},
		{APP_JPKI, FIELD_MUNICIPALITY, read_identity, 0, 0, offsetof(struct identity, municipality), false},
		{APP_JPKI, FIELD_REPORT, read_report, 0, 0, 0, false},

		{APP_TEXT, FIELD_NAME, read_object, EF_FOUR_DATA, 0xDF22, 0, false},
		{APP_TEXT, FIELD_ADDRESS, read_object, EF_FOUR_DATA, 0xDF23, 0, false},
		{APP_TEXT, FIELD_BIRTH, read_object, EF_FOUR_DATA, 0xDF24, 0, false},
		{APP_TEXT, FIELD_SEX, read_object, EF_FOUR_DATA, 0xDF25, 0, false},
		{APP_TEXT, FIELD_NUMBER, read_object, EF_NUMBER, WHOLE_VALUE, 0, true},
		{APP_TEXT, FIELD_REPORT, read_report, 0, 0, 0, false},

		{APP_SURFACE, FIELD_FACE_BIRTH, read_object, EF_FACE, 0xDF22, 0, false},
		{APP_SURFACE, FIELD_FACE_SEX, read_object, EF_FACE, 0xDF23, 0, false},
		{APP_SURFACE, FIELD_FACE_NAME, read_object, EF_FACE, 0xDF25, 0, false},
		{APP_SURFACE, FIELD_FACE_ADDRESS, read_object, EF_FACE, 0xDF26, 0, false},
		{APP_SURFACE, FIELD_FACE_PHOTO, read_object, EF_FACE, 0xDF27, 0, false},
		{APP_SURFACE, FIELD_FACE_EXPIRY, read_object, EF_FACE, 0xDF29, 0, false},
		{APP_SURFACE, FIELD_FACE_CODE, read_object, EF_FACE, 0xDF2A, 0, false},
		{APP_SURFACE, FIELD_AGE_BIRTH, read_object, EF_AGE, 0xDF11, 0, false},
		{APP_SURFACE, FIELD_NUMBER_IMAGE, read_object, EF_NUMBER_IMAGE, 0xDF41, 0, true},
		{APP_SURFACE, FIELD_REPORT, read_report, 0, 0, 0, false},
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

bool
field_shown(const struct session *session, const struct card_field *field)
{
	return session->settings.my_number || !field->holds_number;
}

static int
set_value(struct field_value *value, const void *data, size_t len)
{
	value->data = malloc(len > 0 ? len : 1);
	if (value->data == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	memcpy(value->data, data, len);
	value->len = len;
	return SC_SUCCESS;
}

static int
read_identity(struct session *session, const struct card_field *field, struct field_value *value)
{
	const char *text;
	int r = identity_load(session);

	if (r < 0)
		return r;
	if (!session->who.identity.has_record)
		return SC_ERROR_FILE_NOT_FOUND;
	text = (const char *)&session->who.identity + field->offset;
	return set_value(value, text, strlen(text));
}

static int
find_object(const struct loaded_file *loaded, unsigned tag, struct tlv *object)
{
	struct tlv outer;

	if (ber_read(loaded->data, loaded->have, &outer) < 0)
		return -1;
	if (tag != WHOLE_VALUE)
		return ber_find(outer.value, outer.len, tag, object);
	*object = outer;
	return 0;
}

static int
read_object(struct session *session, const struct card_field *field, struct field_value *value)
{
	const struct card_file *file = card_file_find(field->app, field->file);
	const struct loaded_file *loaded = NULL;
	struct tlv object;
	int r = authentic_permit(session, file);

	if (r == SC_SUCCESS)
		r = load_file(session, file, FILE_WHOLE, &loaded);
	if (r != SC_SUCCESS)
		return r;
	if (find_object(loaded, field->tag, &object) < 0)
		return SC_ERROR_FILE_NOT_FOUND;
	return set_value(value, object.value, object.len);
}

static int
read_report(struct session *session, const struct card_field *field, struct field_value *value)
{
	char *text = NULL;
	int r = report_write(session, field->app, &text);

	if (r == SC_SUCCESS)
		r = set_value(value, text, strlen(text));
	free(text);
	return r;
}

int
field_read(struct session *session, const struct card_field *field, struct field_value *value)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = field->read(session, field, value);
	session_end(session);
	return r;
}

void
field_value_clear(struct field_value *value)
{
	if (value->data != NULL)
		sc_mem_clear(value->data, value->len);
	free(value->data);
	*value = (struct field_value){0};
}

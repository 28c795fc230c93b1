/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fields.h"

#include <stdlib.h>
#include <string.h>

#include "identity.h"
#include "session.h"

struct card_field {
	enum app_id app;
	uint16_t id;
	size_t identity_offset; /* of a string in struct identity */
};

static const struct card_field card_fields[] = {
		{APP_JPKI, FIELD_CARD_NUMBER, offsetof(struct identity, serial)},
		{APP_JPKI, FIELD_CARD_EXPIRY, offsetof(struct identity, expiry)},
		{APP_JPKI, FIELD_MUNICIPALITY, offsetof(struct identity, municipality)},
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
	(void)session;
	(void)field;
	return true;
}

static int
set_value(struct field_value *value, const void *data, size_t len)
{
	value->data = malloc(len);
	if (value->data == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	memcpy(value->data, data, len);
	value->len = len;
	return SC_SUCCESS;
}

int
field_read(struct session *session, const struct card_field *field, struct field_value *value)
{
	const char *text;
	int r = identity_load(session);

	if (r < 0)
		return r;
	if (!session->identity.has_record)
		return SC_ERROR_FILE_NOT_FOUND;
	text = (const char *)&session->identity + field->identity_offset;
	return set_value(value, text, strlen(text));
}

void
field_value_clear(struct field_value *value)
{
	if (value->data != NULL)
		sc_mem_clear(value->data, value->len);
	free(value->data);
	*value = (struct field_value){0};
}

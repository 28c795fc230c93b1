/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fields.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/base/log-error.h"
#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/session/session.h"
#include "authentic.h"
#include "identity.h"
#include "licence.h"
#include "report.h"

static int
field_value_set(struct secret *value, const void *data, size_t len)
{
	return secret_copy(value, data, len) ? SC_SUCCESS : SC_ERROR_OUT_OF_MEMORY;
}

/* Returns the string of the identity that a field contains. */
static const char *
find_identity_text(const struct identity *identity, const struct card_field *field)
{
	switch (field->id) {
	case FIELD_CARD_NUMBER:
		return identity->serial;
	case FIELD_CARD_EXPIRY:
		return identity->expiry;
	default:
		return identity->municipality;
	}
}

static int
read_identity_field(struct session *session, const struct card_field *field, struct secret *value)
{
	const char *text;
	int r = identity_load(session);

	if (r < 0)
		return r;
	if (!identity_of(session)->has_record)
		return SC_ERROR_FILE_NOT_FOUND;
	text = find_identity_text(identity_of(session), field);
	return field_value_set(value, text, strlen(text));
}

static int
find_field_object(const struct loaded_file *loaded, unsigned tag, struct tlv *object)
{
	struct tlv outer;

	if (ber_read(loaded->content.data, loaded->content.len, &outer) < 0)
		return -1;
	if (tag != FIELD_WHOLE_VALUE)
		return ber_find(outer.value, outer.len, tag, object);
	*object = outer;
	return 0;
}

/* Reads an object that nobody has signed. */
static int
read_free_field(struct session *session, const struct card_field *field, struct secret *value)
{
	const struct loaded_file *loaded = NULL;
	struct tlv object;
	int r = load_file(session, card_file_find(field->app, field->file), FILE_WHOLE, &loaded);

	if (r < 0)
		return r;
	if (ber_find(loaded->content.data, loaded->content.len, field->tag, &object) < 0)
		return SC_ERROR_FILE_NOT_FOUND;
	return field_value_set(value, object.value, object.len);
}

static int
read_record_field(struct session *session, const struct card_field *field, struct secret *value)
{
	const struct card_file *file = card_file_find(field->app, field->file);
	const struct loaded_file *loaded = NULL;
	struct tlv object;
	int r = authentic_permit(session, file);

	if (r == SC_SUCCESS)
		r = load_file(session, file, FILE_WHOLE, &loaded);
	if (r != SC_SUCCESS)
		return r;
	if (find_field_object(loaded, field->tag, &object) < 0)
		return SC_ERROR_FILE_NOT_FOUND;
	return field_value_set(value, object.value, object.len);
}

static int
read_report_field(struct session *session, const struct card_field *field, struct secret *value)
{
	char *text = NULL;
	int r = report_write(session, field->app, &text);

	if (r == SC_SUCCESS)
		r = field_value_set(value, text, strlen(text));
	free(text);
	return r;
}

static int (*const readers[])(struct session *session, const struct card_field *field, struct secret *value) = {
		[FIELD_OF_IDENTITY] = read_identity_field,
		[FIELD_OF_RECORD] = read_record_field,
		[FIELD_OF_FREE_FILE] = read_free_field,
		[FIELD_OF_LICENCE] = licence_read_field,
		[FIELD_OF_REPORT] = read_report_field,
};

int
field_read(struct session *session, const struct card_field *field, struct secret *value)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = readers[field->kind](session, field, value);
	session_end(session);
	return log_error(session->card->ctx, r, applications[field->app].label);
}

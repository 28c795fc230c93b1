/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence.h"

#include <string.h>

#include "card-driver/base/tell.h"
#include "card-driver/card/jis-text.h"
#include "card-driver/card/licence-date.h"
#include "card-driver/card/licence-record.h"
#include "card-driver/session/load.h"
#include "licence-check.h"

#define TEXT_MAX     80 /* bytes of the longest text of a record */
#define CLASS_HELD   0x01
#define CLASS_NOT    0x00
#define NO_DATE_TEXT "none"

/* The objects of the record (docs/card.md 11). */
#define TAG_HISTORY_DATE   0xC2
#define TAG_COLOUR	   0xC4
#define TAG_EXPIRY	   0xC5
#define TAG_NUMBER	   0xE7
#define TAG_HISTORY_NUMBER 0xE8

static const struct tag_range {
	unsigned first, last;
} conditions[] = {{0xC6, 0xC9}, {0xCC, 0xD3}}, remarks[] = {{0xD7, 0xDE}};

static const struct {
	unsigned tag;
	const char *kind;
} dates[] = {{0xE9, "二・小・原"}, {0xEA, "他"}, {0xEB, "二種"}};

/* The classes in the order in which the face of a licence shows them. */
static const struct {
	unsigned tag;
	const char *name;
} classes[] = {
		{0xEC, "大型"},
		{0xF8, "中型"},
		{0xFA, "準中型"},
		{0xED, "普通"},
		{0xEE, "大特"},
		{0xEF, "大自二"},
		{0xF0, "普自二"},
		{0xF1, "小特"},
		{0xF2, "原付"},
		{0xF3, "け引"},
		{0xF4, "大二"},
		{0xF9, "中二"},
		{0xF5, "普二"},
		{0xF6, "大特二"},
		{0xF7, "け引二"},
};

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A value that is being decoded. */
struct reading {
	sc_context_t *ctx;
	const uint8_t *data; /* the record */
	size_t len;
	struct secret *value;
};

/* An object of the record; an absent one is empty. */
struct object {
	const uint8_t *value;
	size_t len;
};

/* An object that the record lacks is read as an empty one, because the record contains every object. */
static int
find_object(const struct reading *reading, unsigned tag, struct object *object)
{
	struct licence_object found;
	enum licence_result result = licence_object_find(reading->data, reading->len, tag, &found);

	*object = (struct object){reading->data, 0};
	if (result == LICENCE_FOUND)
		*object = (struct object){reading->data + found.value, found.len};
	return result == LICENCE_FOUND || result == LICENCE_ABSENT ? SC_SUCCESS : SC_ERROR_UNKNOWN_DATA_RECEIVED;
}

static int
append(struct reading *reading, const void *data, size_t len)
{
	return secret_append(reading->value, data, len) ? SC_SUCCESS : SC_ERROR_OUT_OF_MEMORY;
}

static int
append_text(struct reading *reading, const char *text)
{
	return append(reading, text, strlen(text));
}

/* Appends a line to a value that has one entry in each line. */
static int
append_line(struct reading *reading, const char *text)
{
	int r = reading->value->len > 0 ? append_text(reading, "\n") : SC_SUCCESS;

	return r == SC_SUCCESS ? append_text(reading, text) : r;
}

/* Converts a text object. *TEXT is empty if the object is. */
static int
convert_text(const struct reading *reading, unsigned tag, char text[JIS_TEXT_MAX(TEXT_MAX)])
{
	struct object object;
	int r = find_object(reading, tag, &object);

	text[0] = '\0';
	if (r < 0)
		return r;
	switch (jis_text_convert(object.value, object.len, text, JIS_TEXT_MAX(TEXT_MAX))) {
	case JIS_CONVERTED:
		return SC_SUCCESS;
	case JIS_UNSUPPORTED:
		tell_user(reading->ctx, "Licence: the C library cannot convert EUC-JP. Install its further character sets (libc-gconv-modules-extra, glibc-gconv-extra)");
		return SC_ERROR_NOT_SUPPORTED;
	default:
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	}
}

/* Converts a date object. *TEXT is empty if there is no date. */
static int
convert_date(const struct reading *reading, unsigned tag, char text[LICENCE_DATE_MAX])
{
	struct object object;
	int r = find_object(reading, tag, &object);

	text[0] = '\0';
	if (r < 0)
		return r;
	return licence_date_convert(object.value, object.len, text) == LICENCE_BAD_DATE ? SC_ERROR_UNKNOWN_DATA_RECEIVED : SC_SUCCESS;
}

static int
read_digits(struct reading *reading, unsigned tag)
{
	struct object object;
	size_t i;
	int r = find_object(reading, tag, &object);

	for (i = 0; r == SC_SUCCESS && i < object.len; i++)
		if (object.value[i] < '0' || object.value[i] > '9')
			r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	return r < 0 ? r : append(reading, object.value, object.len);
}

static int
read_number(struct reading *reading)
{
	return read_digits(reading, TAG_NUMBER);
}

static int
read_expiry(struct reading *reading)
{
	char date[LICENCE_DATE_MAX];
	int r = convert_date(reading, TAG_EXPIRY, date);

	return r < 0 ? r : append_text(reading, date);
}

static int
read_colour(struct reading *reading)
{
	char text[JIS_TEXT_MAX(TEXT_MAX)];
	int r = convert_text(reading, TAG_COLOUR, text);

	if (r == SC_SUCCESS)
		r = append_text(reading, text);
	sc_mem_clear(text, sizeof(text));
	return r;
}

/* An empty object means that the class is not held, like 00: a driving history may have none. */
static int
read_classes(struct reading *reading)
{
	struct object object;
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < LENGTH_OF(classes) && r == SC_SUCCESS; i++) {
		r = find_object(reading, classes[i].tag, &object);
		if (r < 0 || object.len == 0)
			continue;
		if (object.value[0] == CLASS_HELD)
			r = append_line(reading, classes[i].name);
		else if (object.value[0] != CLASS_NOT)
			r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	}
	return r;
}

static int
read_dates(struct reading *reading)
{
	char date[LICENCE_DATE_MAX];
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < LENGTH_OF(dates) && r == SC_SUCCESS; i++) {
		r = convert_date(reading, dates[i].tag, date);
		if (r == SC_SUCCESS)
			r = append_line(reading, dates[i].kind);
		if (r == SC_SUCCESS)
			r = append_text(reading, " ");
		if (r == SC_SUCCESS)
			r = append_text(reading, date[0] == '\0' ? NO_DATE_TEXT : date);
	}
	return r;
}

/* Appends the texts of a range of tags, one in each line, without the empty ones. */
static int
read_texts(struct reading *reading, const struct tag_range *range)
{
	char text[JIS_TEXT_MAX(TEXT_MAX)];
	unsigned tag;
	int r = SC_SUCCESS;

	for (tag = range->first; tag <= range->last && r == SC_SUCCESS; tag++) {
		r = convert_text(reading, tag, text);
		if (r == SC_SUCCESS && text[0] != '\0')
			r = append_line(reading, text);
	}
	sc_mem_clear(text, sizeof(text));
	return r;
}

static int
read_conditions(struct reading *reading)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < LENGTH_OF(conditions) && r == SC_SUCCESS; i++)
		r = read_texts(reading, &conditions[i]);
	return r;
}

static int
read_remarks(struct reading *reading)
{
	return read_texts(reading, &remarks[0]);
}

static int
read_photo(struct reading *reading)
{
	struct object object;
	int r = find_object(reading, LICENCE_TAG_PHOTO, &object);

	return r < 0 ? r : append(reading, object.value, object.len);
}

/* The number and, in a second line, the date of the record of the driving history. */
static int
read_history(struct reading *reading)
{
	char date[LICENCE_DATE_MAX] = "";
	int r = read_digits(reading, TAG_HISTORY_NUMBER);

	if (r == SC_SUCCESS)
		r = convert_date(reading, TAG_HISTORY_DATE, date);
	return r == SC_SUCCESS && date[0] != '\0' ? append_line(reading, date) : r;
}

/* The values. MAY_BE_EMPTY: an empty list is a value; otherwise an empty value is one that the licence does not have. */
static const struct {
	uint16_t id;
	int (*read)(struct reading *reading);
	bool may_be_empty;
} values[] = {
		{FIELD_LICENCE_NUMBER, read_number, false},
		{FIELD_LICENCE_EXPIRY, read_expiry, false},
		{FIELD_LICENCE_COLOUR, read_colour, false},
		{FIELD_LICENCE_CLASSES, read_classes, true},
		{FIELD_LICENCE_DATES, read_dates, false},
		{FIELD_LICENCE_CONDITIONS, read_conditions, true},
		{FIELD_LICENCE_REMARKS, read_remarks, true},
		{FIELD_LICENCE_PHOTO, read_photo, false},
		{FIELD_HISTORY_NUMBER, read_history, false},
};

static int
decode_value(struct reading *reading, uint16_t field)
{
	size_t i;
	int r = SC_ERROR_FILE_NOT_FOUND;

	for (i = 0; i < LENGTH_OF(values); i++) {
		if (values[i].id != field)
			continue;
		r = values[i].read(reading);
		if (r == SC_SUCCESS && reading->value->len == 0 && !values[i].may_be_empty)
			r = SC_ERROR_FILE_NOT_FOUND;
	}
	return r;
}

/* The value is not NULL, even if it is empty: files.c takes NULL for a value that was not read. */
int
licence_decode(sc_context_t *ctx, uint16_t field, const uint8_t *record, size_t len, struct secret *value)
{
	struct reading reading = {.ctx = ctx, .data = record, .len = len, .value = value};
	int r = secret_copy(value, "", 0) ? decode_value(&reading, field) : SC_ERROR_OUT_OF_MEMORY;

	if (r < 0)
		secret_clear(value);
	return r;
}

int
licence_read_field(struct session *session, const struct card_field *field, struct secret *value)
{
	const struct loaded_file *loaded = NULL;
	int r = licence_permit(session);

	if (r == SC_SUCCESS)
		r = load_file(session, card_file_find(APP_LICENCE, EF_LICENCE), FILE_WHOLE, &loaded);
	return r != SC_SUCCESS ? r : licence_decode(session->card->ctx, field->id, loaded->content.data, loaded->content.len, value);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-json.h"

#include <string.h>

#include "json-parts.h"
#include "licence-words.h"

/* The finding that does not concern whether the values are those that were recorded. */
#define EXPIRY_CODE "licence-expiry"
#define RECORD_CODE "licence-record"

#define APPLICATION "licence"

static const char *const states[LICENCE_STATE_COUNT] = {
		[LICENCE_SIGNED] = "signed",
		[LICENCE_UNVERIFIED] = "unverified",
		[LICENCE_EXPIRED] = "expired",
		[LICENCE_WRONG] = "wrong",
};

/* Without a line about the record its values count as not checked. */
static struct trust
licence_trust(const struct licence *licence)
{
	struct trust trust = {VERDICT_GENUINE, NULL};
	struct finding finding;
	bool record_checked = false;
	size_t at = 0;

	while (finding_next(&licence->items[LICENCE_REPORT], &at, &finding)) {
		record_checked |= strcmp(finding.code, RECORD_CODE) == 0;
		if (strcmp(finding.code, EXPIRY_CODE) != 0)
			trust_lower(&trust, &finding);
	}
	if (!record_checked)
		trust_lower(&trust, &(struct finding){.kind = VERDICT_UNKNOWN, .code = RECORD_CODE});
	return trust;
}

static bool
colour_parts(json_t **object, const struct secret *item, const char *name, enum language language)
{
	const struct licence licence = {.items = {[LICENCE_COLOUR] = *item}};
	struct holder_text text;
	struct words words;

	(void)name;
	(void)licence_colour(&licence, &text);
	words = holder_words(&text);
	*object = json_pack("{s:o, s:o}", "value", json_value_text(item->data, item->len), "text", json_value_words(&words, language));
	return true;
}

static json_t *
lines_array(const struct secret *item, enum language language)
{
	struct licence_line line;
	json_t *array = json_array();
	size_t at = 0;

	(void)language;
	while (licence_next_line(item, &at, &line))
		array = json_value_append(array, json_value_text(line.text, line.len));
	return array;
}

static json_t *
date_object(const struct licence_line *line, enum language language)
{
	struct licence_date date;
	struct words kind;
	json_t *object;

	licence_date_line(line, &date);
	kind = holder_words(&date.kind);
	object = json_pack("{s:o, s:o, s:o}", "kind", json_value_text(date.kind_line.text, date.kind_line.len), "date",
			json_part_day(date.date_line.text, date.date_line.len), "text", json_value_words(&kind, language));
	explicit_bzero(&date, sizeof(date));
	return object;
}

static json_t *
dates_array(const struct secret *item, enum language language)
{
	struct licence_line line;
	json_t *array = json_array();
	size_t at = 0;

	while (licence_next_line(item, &at, &line))
		array = json_value_append(array, date_object(&line, language));
	return array;
}

static const struct {
	const char *key;
	enum licence_item item;
	json_part_maker make;
} licence_values[] = {
		{"number", LICENCE_NUMBER, json_part_text},
		{"expiry_date", LICENCE_EXPIRY, json_part_date},
		{"colour", LICENCE_COLOUR, colour_parts},
		{"photo", LICENCE_PHOTO, json_part_photo},
};

static const struct {
	const char *key;
	enum licence_item item;
	json_t *(*make)(const struct secret *item, enum language language);
} licence_lists[] = {
		{"classes", LICENCE_CLASSES, lines_array},
		{"dates", LICENCE_DATES, dates_array},
		{"conditions", LICENCE_CONDITIONS, lines_array},
		{"remarks", LICENCE_REMARKS, lines_array},
};

/* A list that is empty is not the same as one that the card does not give. */
static json_t *
list_value(const struct licence *licence, size_t row, const struct trust *trust, enum language language)
{
	enum licence_item item = licence_lists[row].item;

	if (!licence->given[item])
		return json_part_missing(licence->refused);
	return json_part_with_state(json_pack("{s:o}", "value", licence_lists[row].make(&licence->items[item], language)), trust);
}

static json_t *
line_value(const struct licence_line *line, const struct licence *licence, const struct trust *trust, json_t *value)
{
	if (line->len > 0)
		return json_part_with_state(json_pack("{s:o}", "value", value), trust);
	json_decref(value);
	return json_part_missing(licence->refused);
}

static json_t *
add_history(json_t *object, const struct licence *licence, const struct trust *trust)
{
	struct licence_line number = {0}, date = {0};

	(void)licence_history(licence, &number, &date);
	object = json_value_add(object, "history_number", line_value(&number, licence, trust, json_value_text(number.text, number.len)));
	return json_value_add(object, "history_date", line_value(&date, licence, trust, json_part_day(date.text, date.len)));
}

static json_t *
values_object(const struct licence *licence, enum language language)
{
	struct trust trust = licence_trust(licence);
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < sizeof(licence_values) / sizeof(licence_values[0]); i++)
		object = json_value_add(object, licence_values[i].key,
				json_part_value(licence_values[i].make, &licence->items[licence_values[i].item], licence_values[i].key, licence->refused, &trust, language));
	for (i = 0; i < sizeof(licence_lists) / sizeof(licence_lists[0]); i++)
		object = json_value_add(object, licence_lists[i].key, list_value(licence, i, &trust, language));
	return add_history(object, licence, &trust);
}

static json_t *
findings_array(const struct licence *licence, enum language language)
{
	struct finding finding;
	json_t *array = json_array();
	size_t at = 0;

	while (finding_next(&licence->items[LICENCE_REPORT], &at, &finding))
		array = json_value_append(array, json_part_finding(&finding, APPLICATION, language));
	return array;
}

json_t *
licence_json(const struct licence *licence, enum language language)
{
	enum licence_state state = licence_state(licence);
	const struct licence_state_words *words = &licence_states[state];

	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "kind", licence_is_history(licence) ? "history" : "licence", "state", states[state],
			"headline", json_value_words(&words->headline, language), "explanation", json_value_words(&words->explanation, language),
			"values", values_object(licence, language), "findings", findings_array(licence, language));
}

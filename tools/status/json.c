/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "tools/common/json-value.h"
#include "write.h"

/* The version of the form, which changes only if a key is removed or gets another meaning. */
#define SCHEMA 1

#define DIGITS_SHOWN 4

static const char *const subject_keys[STATUS_SUBJECTS] = {
		[STATUS_CARD] = "card",
		[STATUS_AUTHENTICATION] = "authentication_certificate",
		[STATUS_SIGNATURE] = "signature_certificate",
};

static json_t *
card_number(const struct status_view *view)
{
	const char *number = view->status->name.number;

	if (number[0] == '\0')
		return json_null();
	return json_string(view->whole_number ? number : number + CARD_NUMBER_LEN - DIGITS_SHOWN);
}

static json_t *
subject_object(const struct status_view *view, enum status_subject subject)
{
	const struct status_date *date = &view->status->subjects[subject].last_day;
	bool present = view->status->subjects[subject].present;

	if (!date->known)
		return json_pack("{s:b, s:n, s:n}", "present", present, "last_day", "days_left");
	return json_pack("{s:b, s:s, s:I}", "present", present, "last_day", date->day, "days_left", (json_int_t)date->days_left);
}

static json_t *
application_array(const struct status_view *view)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < view->status->application_count; i++)
		array = json_value_append(array, json_string(view->status->applications[i]));
	return array;
}

static json_t *
pin_object(const struct status_pin *pin)
{
	char id[sizeof("FF")];

	snprintf(id, sizeof(id), "%02X", pin->id & 0xFF);
	return json_pack("{s:s, s:s, s:s, s:o, s:i}", "id", id, "label", pin->label, "application", pin->application,
			"tries_left", pin->tries_left < 0 ? json_null() : json_integer(pin->tries_left), "tries_max", pin->tries_max);
}

static json_t *
pin_array(const struct status_view *view)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < view->status->pin_count; i++)
		array = json_value_append(array, pin_object(&view->status->pins[i]));
	return array;
}

static json_t *
advice_array(const struct status_view *view)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < view->advice_count; i++)
		array = json_value_append(array, json_pack("{s:s, s:s, s:s}", "code", view->advice[i].code, "subject", view->advice[i].subject.en,
								 "text", view->advice[i].action->en));
	return array;
}

bool
status_write_json(const struct status_view *view)
{
	json_t *root;
	int i;

	json_value_clear_freed_memory();
	root = json_pack("{s:i, s:o, s:b}", "schema", SCHEMA, "card_number", card_number(view), "card_number_whole", view->whole_number);
	for (i = 0; i < STATUS_SUBJECTS; i++)
		root = json_value_add(root, subject_keys[i], subject_object(view, i));
	root = json_value_add(root, "applications", application_array(view));
	root = json_value_add(root, "pins", pin_array(view));
	root = json_value_add(root, "advice", advice_array(view));
	return json_value_write(stdout, root) && fflush(stdout) == 0;
}

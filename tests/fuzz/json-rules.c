/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json-rules.h"

#include <string.h>

#include <jansson.h>

#include "fuzz.h"
#include "tools/card-face/licence-words.h"

static const char *
value_state(json_t *values, const char *key)
{
	json_t *value = json_object_get(values, key);
	const char *state = json_string_value(json_object_get(value, "state"));
	bool has_reason = json_is_string(json_object_get(value, "reason"));
	bool given;

	PROMISE(state != NULL);
	given = strcmp(state, "checked") == 0 || strcmp(state, "not-checked") == 0 || strcmp(state, "failed") == 0;
	PROMISE(has_reason == (given && strcmp(state, "checked") != 0));
	PROMISE(given || json_is_null(json_object_get(value, "value")));
	return state;
}

static bool
is_called_checked(json_t *values, const char *key)
{
	return strcmp(value_state(values, key), "checked") == 0;
}

static size_t
count_findings(const struct face *face)
{
	struct finding_place place = {0};
	struct finding finding;
	size_t count = 0;

	while (finding_next_of_face(face, &place, &finding))
		count++;
	return count;
}

/* No signature ties a licence to the card. */
static void
rule_licence(json_t *licence)
{
	json_t *value;
	const char *key;

	json_object_foreach(json_object_get(licence, "values"), key, value)(void) value_state(json_object_get(licence, "values"), key);
	PROMISE(json_is_array(json_object_get(licence, "findings")));
}

void
rule_json(const struct face *face, const char *text)
{
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	json_t *values = json_object_get(root, "values"), *licence = json_object_get(root, "licence");
	const char *verdict = json_string_value(json_object_get(root, "verdict"));
	bool genuine = face_verdict(face) == VERDICT_GENUINE;

	PROMISE(root != NULL && verdict != NULL);
	PROMISE(strcmp(verdict, verdict_words[shown_verdict(face)].name) == 0);
	PROMISE(json_array_size(json_object_get(root, "findings")) == count_findings(face));
	PROMISE(genuine || !is_called_checked(values, "name"));
	PROMISE(genuine || !is_called_checked(values, "address"));
	PROMISE(!is_called_checked(values, "expiry_date"));
	PROMISE(face->items[FACE_REPORT].len > 0 || !is_called_checked(values, "photo"));
	PROMISE(json_is_null(licence) == (face->licence == NULL));
	if (face->licence != NULL)
		rule_licence(licence);
	json_decref(root);
}

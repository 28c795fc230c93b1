/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <time.h>

#include "json-parts.h"
#include "labels.h"
#include "licence-json.h"
#include "licence-words.h"

/* The version of the form, which changes only if a key is removed or gets another meaning. */
#define SCHEMA 1

/* What decides how far a value is checked. */
enum guard {
	GUARD_SURFACE, /* the findings about the card face */
	GUARD_TEXT,    /* all findings, because only the card face ties the text to the card */
	GUARD_NONE,    /* no signature covers it */
	GUARD_COUNT
};

static const struct {
	const char *key;
	enum face_item item;
	enum guard guard;
	json_part_maker make;
} face_values[] = {
		{"name", FACE_NAME, GUARD_TEXT, json_part_text},
		{"address", FACE_ADDRESS, GUARD_TEXT, json_part_text},
		{"birth_date", FACE_BIRTH, GUARD_SURFACE, json_part_birth},
		{"sex", FACE_SEX, GUARD_SURFACE, json_part_sex},
		{"expiry_date", FACE_EXPIRY, GUARD_NONE, json_part_date},
		{"photo", FACE_PHOTO, GUARD_SURFACE, json_part_photo},
		{"name_image", FACE_NAME_IMAGE, GUARD_SURFACE, json_part_text_image},
		{"address_image", FACE_ADDRESS_IMAGE, GUARD_SURFACE, json_part_text_image},
		{"security_code_image", FACE_CODE_IMAGE, GUARD_NONE, json_part_text_image},
};

static const char *const sources[FINDING_SOURCES] = {
		[FROM_SURFACE] = "card-surface",
		[FROM_TEXT] = "input-support",
};

/* What no check of this program can show. */
static const struct {
	const char *code;
	enum label label;
	bool licence_only;
} limits[] = {
		{"unsigned", LABEL_NOTE_UNSIGNED, false},
		{"text-link", LABEL_NOTE_TEXT, false},
		{"relay", LABEL_NOTE_RELAY, false},
		{"revocation", LABEL_NOTE_REVOKED, false},
		{"screen", LABEL_NOTE_SCREEN, true},
};

static void
find_trust(const struct face *face, struct trust trust[GUARD_COUNT])
{
	struct finding_place place = {0};
	struct finding finding;

	trust[GUARD_SURFACE] = (struct trust){VERDICT_GENUINE, NULL};
	trust[GUARD_TEXT] = (struct trust){VERDICT_GENUINE, NULL};
	trust[GUARD_NONE] = (struct trust){VERDICT_UNKNOWN, REASON_UNSIGNED};
	while (finding_next_of_face(face, &place, &finding)) {
		trust_lower(&trust[GUARD_TEXT], &finding);
		if (!finding.text_only)
			trust_lower(&trust[GUARD_SURFACE], &finding);
	}
}

static json_t *
values_object(const struct face *face, enum language language)
{
	struct trust trust[GUARD_COUNT];
	json_t *object = json_object();
	size_t i;

	find_trust(face, trust);
	for (i = 0; i < sizeof(face_values) / sizeof(face_values[0]); i++) {
		enum face_item item = face_values[i].item;

		object = json_value_add(object, face_values[i].key,
				json_part_value(face_values[i].make, &face->items[item], face_values[i].key, face->refused[item], &trust[face_values[i].guard], language));
	}
	return object;
}

static json_t *
findings_array(const struct face *face, enum language language)
{
	struct finding_place place = {0};
	struct finding finding;
	json_t *array = json_array();

	while (finding_next_of_face(face, &place, &finding))
		array = json_value_append(array, json_part_finding(&finding, sources[place.source], language));
	return array;
}

static json_t *
limits_array(const struct face *face, enum language language)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (!limits[i].licence_only || face->licence != NULL)
			array = json_value_append(array, json_pack("{s:s, s:o}", "code", limits[i].code, "text", json_value_words(&labels[limits[i].label], language)));
	return array;
}

static json_t *
now_string(void)
{
	char now[sizeof("YYYY-MM-DDThh:mm:ssZ")] = "";
	time_t clock = time(NULL);
	struct tm tm = {0};

	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&clock, &tm));
	return json_string(now);
}

bool
face_json_write(FILE *out, const struct face *face, enum language language)
{
	const struct verdict_words *verdict = &verdict_words[shown_verdict(face)];
	json_t *root;

	json_value_clear_freed_memory();
	root = json_pack("{s:i, s:o, s:s, s:i, s:o, s:o}", "schema", SCHEMA, "read_at", now_string(), "verdict", verdict->name,
			"exit_status", (int)verdict->outcome, "headline", json_value_words(&verdict->headline, language),
			"explanation", json_value_words(&verdict->explanation, language));
	root = json_value_add(root, "values", values_object(face, language));
	root = json_value_add(root, "findings", findings_array(face, language));
	root = json_value_add(root, "limits", limits_array(face, language));
	root = json_value_add(root, "licence", face->licence == NULL ? json_null() : licence_json(face->licence, language));
	return json_value_write(out, root);
}

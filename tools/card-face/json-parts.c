/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json-parts.h"

#include "holder.h"
#include "picture.h"
#include "sentences.h"
#include "tools/common/date.h"

static const char *const states[VERDICT_COUNT] = {
		[VERDICT_GENUINE] = "checked",
		[VERDICT_UNKNOWN] = "not-checked",
		[VERDICT_NOT_GENUINE] = "failed",
};

void
trust_lower(struct trust *trust, const struct finding *finding)
{
	if (finding->kind > trust->verdict)
		*trust = (struct trust){finding->kind, finding->code};
}

bool
json_part_text(json_t **object, const struct secret *item, const char *name, enum language language)
{
	(void)name;
	(void)language;
	*object = json_pack("{s:o}", "value", json_value_text(item->data, item->len));
	return true;
}

/* Adds what a value means in words. False if there are no words, because the value is malformed. */
static bool
value_with_words(json_t **object, json_t *value, const struct holder_text *text, enum language language)
{
	struct words words = holder_words(text);

	if (text->en[0] == '\0') {
		json_decref(value);
		return false;
	}
	*object = json_pack("{s:o, s:o}", "value", value, "text", json_value_words(&words, language));
	return true;
}

json_t *
json_part_day(const void *digits, size_t len)
{
	char iso[DATE_ISO_SIZE] = "";
	struct date date;

	if (date_parse_known(digits, len, &date))
		date_in_iso(&date, iso);
	return iso[0] == '\0' ? json_null() : json_string(iso);
}

bool
json_part_birth(json_t **object, const struct secret *item, const char *name, enum language language)
{
	struct holder_text text;

	(void)name;
	holder_read_birth(item, &text);
	return value_with_words(object, json_part_day(item->data, item->len), &text, language);
}

bool
json_part_sex(json_t **object, const struct secret *item, const char *name, enum language language)
{
	struct holder_text text;

	(void)name;
	holder_read_sex(item, &text);
	return value_with_words(object, json_value_text(item->data, item->len), &text, language);
}

bool
json_part_date(json_t **object, const struct secret *item, const char *name, enum language language)
{
	struct holder_text text;

	(void)name;
	holder_read_date(item->data, item->len, &text);
	if (!value_with_words(object, json_part_day(item->data, item->len), &text, language))
		return false;
	*object = json_value_add(*object, "expired", json_boolean(date_is_over(item->data, item->len)));
	return true;
}

static json_t *
png_object(const struct picture *picture)
{
	return json_pack("{s:o, s:s, s:i, s:i}", "value", json_value_base64(picture->png.data, picture->png.len), "media_type", "image/png",
			"width", (int)picture->width, "height", (int)picture->height);
}

/* Reads an image of the card, or fails. */
typedef bool (*picture_reader)(struct picture *picture, const struct secret *item, const char *name);

static bool
image_part(json_t **object, picture_reader reader, const struct secret *item, const char *name)
{
	struct picture picture;
	bool good = reader(&picture, item, name);

	if (good)
		*object = png_object(&picture);
	picture_free(&picture);
	return good;
}

bool
json_part_photo(json_t **object, const struct secret *item, const char *name, enum language language)
{
	(void)language;
	return image_part(object, picture_read_photo, item, name);
}

bool
json_part_text_image(json_t **object, const struct secret *item, const char *name, enum language language)
{
	(void)language;
	return image_part(object, picture_read_text, item, name);
}

json_t *
json_part_with_state(json_t *object, const struct trust *trust)
{
	object = json_value_add(object, "state", json_string(states[trust->verdict]));
	return json_value_add(object, "reason", trust->reason == NULL ? json_null() : json_string(trust->reason));
}

static json_t *
value_without_content(const char *state)
{
	return json_pack("{s:n, s:s, s:n}", "value", "state", state, "reason");
}

json_t *
json_part_missing(bool refused)
{
	return value_without_content(refused ? "refused" : "absent");
}

json_t *
json_part_value(json_part_maker make, const struct secret *item, const char *name, bool refused, const struct trust *trust, enum language language)
{
	json_t *object = NULL;

	if (item->len == 0)
		return json_part_missing(refused);
	if (!make(&object, item, name, language))
		return value_without_content("unreadable");
	return json_part_with_state(object, trust);
}

/* The driver writes its findings in English. What this program cannot say in Japanese stays as it is. */
static json_t *
finding_text(const struct finding *finding, enum language language)
{
	const struct words *sentence = finding_sentence(finding);
	json_t *text;

	if (finding->words != NULL)
		return json_value_words(finding->words, language);
	text = json_object();
	if (sentence != NULL && language != LANGUAGE_EN)
		text = json_value_add(text, "ja", json_string(sentence->ja));
	if (sentence == NULL || language != LANGUAGE_JA)
		text = json_value_add(text, "en", json_value_text(finding->text, finding->len));
	return text;
}

json_t *
json_part_finding(const struct finding *finding, const char *application, enum language language)
{
	json_t *topic = finding->topic == NULL ? json_null() : json_value_words(finding->topic, language);

	return json_pack("{s:o, s:s, s:s, s:o, s:o}", "application", application == NULL ? json_null() : json_string(application), "code",
			finding->code, "result", states[finding->kind], "topic", topic, "text", finding_text(finding, language));
}

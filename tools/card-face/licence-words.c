/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-words.h"

#include <stdio.h>
#include <string.h>

#include "labels.h"

const struct words licence_classes[LICENCE_CLASS_COUNT] = {
		{"大型", "Large"},
		{"中型", "Medium"},
		{"準中型", "Semi-medium"},
		{"普通", "Ordinary"},
		{"大特", "Large special"},
		{"大自二", "Large motorcycle"},
		{"普自二", "Ordinary motorcycle"},
		{"小特", "Small special"},
		{"原付", "Moped"},
		{"け引", "Towing"},
		{"大二", "Large, class 2"},
		{"中二", "Medium, class 2"},
		{"普二", "Ordinary, class 2"},
		{"大特二", "Large special, class 2"},
		{"け引二", "Towing, class 2"},
};

/* The kinds of classes that have a date of acquisition. */
static const struct words date_kinds[] = {
		{"二・小・原", "Motorcycle, small special, moped"},
		{"他", "Other"},
		{"二種", "Class 2"},
};

/* Every colour class but these two has the blue bar. */
static const struct {
	const char *colour;
	struct words words;
} colours[] = {
		{"gold", {"優良", "Gold (優良)"}},
		{"green", {"新規", "Green (新規)"}},
};

bool
licence_next_line(const struct secret *item, size_t *at, struct licence_line *line)
{
	const char *end;

	if (*at >= item->len)
		return false;
	line->text = (const char *)item->data + *at;
	end = memchr(line->text, '\n', item->len - *at);
	line->len = end == NULL ? item->len - *at : (size_t)(end - line->text);
	*at += line->len + 1;
	return true;
}

static bool
line_is(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(text, word, len) == 0;
}

bool
licence_has_class(const struct licence *licence, size_t number)
{
	struct licence_line line;
	size_t at = 0;

	while (licence_next_line(&licence->items[LICENCE_CLASSES], &at, &line))
		if (line_is(line.text, line.len, licence_classes[number].ja))
			return true;
	return false;
}

static void
set_words(struct holder_text *text, const struct words *words)
{
	snprintf(text->ja, sizeof(text->ja), "%s", words->ja);
	snprintf(text->en, sizeof(text->en), "%s", words->en);
}

static void
set_same(struct holder_text *text, const char *value, size_t len)
{
	snprintf(text->ja, sizeof(text->ja), "%.*s", (int)len, value);
	snprintf(text->en, sizeof(text->en), "%.*s", (int)len, value);
}

const char *
licence_colour(const struct licence *licence, struct holder_text *text)
{
	const struct secret *item = &licence->items[LICENCE_COLOUR];
	size_t i;

	*text = (struct holder_text){0};
	for (i = 0; i < sizeof(colours) / sizeof(colours[0]); i++)
		if (line_is((const char *)item->data, item->len, colours[i].words.ja)) {
			set_words(text, &colours[i].words);
			return colours[i].colour;
		}
	if (item->len == 0)
		return "grey";
	snprintf(text->ja, sizeof(text->ja), "%.*s", (int)item->len, (const char *)item->data);
	snprintf(text->en, sizeof(text->en), "Blue (%.*s)", (int)item->len, (const char *)item->data);
	return "blue";
}

void
licence_expiry(const struct licence *licence, struct holder_text *text)
{
	holder_read_date(licence->items[LICENCE_EXPIRY].data, licence->items[LICENCE_EXPIRY].len, text);
}

bool
licence_history(const struct licence *licence, struct licence_line *number, struct licence_line *date)
{
	const struct secret *item = &licence->items[LICENCE_HISTORY];
	size_t at = 0;

	*date = (struct licence_line){0};
	if (!licence_next_line(item, &at, number))
		return false;
	(void)licence_next_line(item, &at, date);
	return true;
}

void
licence_history_date(const struct licence *licence, struct holder_text *text)
{
	struct licence_line number, date;

	*text = (struct holder_text){0};
	if (licence_history(licence, &number, &date))
		holder_read_date(date.text, date.len, text);
}

bool
licence_is_history(const struct licence *licence)
{
	return licence->items[LICENCE_HISTORY].len > 0 && licence->items[LICENCE_NUMBER].len == 0;
}

static void
split_date_line(const struct licence_line *line, struct licence_line *kind, struct licence_line *date)
{
	const char *space = memchr(line->text, ' ', line->len);

	*kind = *line;
	*date = (struct licence_line){line->text + line->len, 0};
	if (space == NULL)
		return;
	kind->len = (size_t)(space - line->text);
	*date = (struct licence_line){space + 1, line->len - kind->len - 1};
}

void
licence_date_line(const struct licence_line *line, struct licence_date *date)
{
	size_t i;

	*date = (struct licence_date){0};
	split_date_line(line, &date->kind_line, &date->date_line);
	set_same(&date->kind, date->kind_line.text, date->kind_line.len);
	for (i = 0; i < sizeof(date_kinds) / sizeof(date_kinds[0]); i++)
		if (line_is(date->kind_line.text, date->kind_line.len, date_kinds[i].ja))
			set_words(&date->kind, &date_kinds[i]);
	holder_read_date(date->date_line.text, date->date_line.len, &date->date);
	if (line_is(date->date_line.text, date->date_line.len, "none"))
		set_words(&date->date, &labels[LABEL_NONE]);
}

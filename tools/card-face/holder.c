/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "holder.h"

#include <stdio.h>

#include "date.h"

/* JIS X 0303 */
static const struct {
	uint8_t code;
	struct words words;
} sexes[] = {
		{'0', {"不明", "Not known"}},
		{'1', {"男", "Male"}},
		{'2', {"女", "Female"}},
		{'9', {"適用不能", "Not applicable"}},
};

static bool
read_holder_date(const struct buffer *item, struct date *date, struct holder_text *text)
{
	if (!date_parse(item->data, item->len, date))
		return false;
	date_in_japanese(date, text->ja, sizeof(text->ja));
	date_in_english(date, text->en, sizeof(text->en));
	return true;
}

static void
read_holder_sex(const struct buffer *item, struct holder_text *text)
{
	size_t i;

	for (i = 0; item->len == 1 && i < sizeof(sexes) / sizeof(sexes[0]); i++)
		if (sexes[i].code == item->data[0]) {
			snprintf(text->ja, sizeof(text->ja), "%s", sexes[i].words.ja);
			snprintf(text->en, sizeof(text->en), "%s", sexes[i].words.en);
		}
}

void
holder_read(struct holder *holder, const struct face *face)
{
	struct date birth, expiry, today = date_today();

	*holder = (struct holder){0};
	read_holder_date(&face->items[FACE_BIRTH], &birth, &holder->birth);
	read_holder_sex(&face->items[FACE_SEX], &holder->sex);
	if (read_holder_date(&face->items[FACE_EXPIRY], &expiry, &holder->expiry))
		holder->expired = date_compare(&expiry, &today) < 0;
}

struct words
holder_words(const struct holder_text *text)
{
	return (struct words){text->ja, text->en};
}

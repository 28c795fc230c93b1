/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "holder.h"

#include <stdio.h>

#include "tools/common/date.h"

/* JIS X 0303. Code 3 is used on the second generation of the residence card. */
static const struct {
	uint8_t code;
	struct words words;
} sexes[] = {
		{'0', {"不明", "Not known"}},
		{'1', {"男", "Male"}},
		{'2', {"女", "Female"}},
		{'3', {"その他", "Other"}},
		{'9', {"適用不能", "Not applicable"}},
};

static void
write_holder_date(const struct date *date, struct holder_text *text)
{
	date_in_japanese(date, text->ja, sizeof(text->ja));
	date_in_english(date, text->en, sizeof(text->en));
}

/* Returns an unknown code itself. */
static struct words
sex_words(const char code[2])
{
	size_t i;

	for (i = 0; i < sizeof(sexes) / sizeof(sexes[0]); i++)
		if (sexes[i].code == (uint8_t)code[0])
			return sexes[i].words;
	return (struct words){code, code};
}

void
holder_read_birth(const struct secret *item, struct holder_text *text)
{
	struct date date;

	*text = (struct holder_text){0};
	if (date_parse_known(item->data, item->len, &date))
		write_holder_date(&date, text);
}

void
holder_read_date(const void *digits, size_t len, struct holder_text *text)
{
	struct date date;

	*text = (struct holder_text){0};
	if (date_parse(digits, len, &date))
		write_holder_date(&date, text);
}

void
holder_read_sex(const struct secret *item, struct holder_text *text)
{
	char code[2] = "";
	struct words words;

	*text = (struct holder_text){0};
	if (item->len != 1)
		return;
	code[0] = (char)item->data[0];
	words = sex_words(code);
	snprintf(text->ja, sizeof(text->ja), "%s", words.ja);
	snprintf(text->en, sizeof(text->en), "%s", words.en);
}

void
holder_read(struct holder *holder, const struct face *face)
{
	const struct secret *expiry = &face->items[FACE_EXPIRY];

	holder_read_birth(&face->items[FACE_BIRTH], &holder->birth);
	holder_read_sex(&face->items[FACE_SEX], &holder->sex);
	holder_read_date(expiry->data, expiry->len, &holder->expiry);
	holder->expired = date_is_over(expiry->data, expiry->len);
}

struct words
holder_words(const struct holder_text *text)
{
	return (struct words){text->ja, text->en};
}

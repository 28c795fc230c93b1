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

static void
read_holder_sex(const struct secret *item, struct holder_text *text)
{
	char code[2] = "";
	struct words words;

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
	struct date birth, expiry, today = date_today();

	*holder = (struct holder){0};
	if (date_parse_known(face->items[FACE_BIRTH].data, face->items[FACE_BIRTH].len, &birth))
		write_holder_date(&birth, &holder->birth);
	read_holder_sex(&face->items[FACE_SEX], &holder->sex);
	if (date_parse(face->items[FACE_EXPIRY].data, face->items[FACE_EXPIRY].len, &expiry)) {
		write_holder_date(&expiry, &holder->expiry);
		holder->expired = date_compare(&expiry, &today) < 0;
	}
}

struct words
holder_words(const struct holder_text *text)
{
	return (struct words){text->ja, text->en};
}

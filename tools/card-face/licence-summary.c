/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-summary.h"

#include <string.h>

#include "licence-words.h"
#include "summary-parts.h"
#include "tools/common/text.h"

static void
write_words_line(FILE *out, enum label label, enum language language)
{
	words_plain(out, &labels[label], " / ", language);
	fputc('\n', out);
}

/* Writes the label of a list. A list that is empty is not the same as one that the card does not give. */
static void
write_list_label(FILE *out, enum label label, const struct licence *licence, enum licence_item item, enum language language)
{
	words_plain(out, &labels[label], " / ", language);
	fputc(':', out);
	if (licence->items[item].len == 0) {
		fputc(' ', out);
		words_plain(out, &labels[licence->given[item] ? LABEL_NONE : LABEL_ABSENT], " / ", language);
	}
	fputc('\n', out);
}

/* Writes each line of a list on a line of its own. */
static void
write_list(FILE *out, enum label label, const struct licence *licence, enum licence_item item, enum language language)
{
	struct licence_line line;
	size_t at = 0;

	write_list_label(out, label, licence, item, language);
	while (licence_next_line(&licence->items[item], &at, &line)) {
		fputs("  ", out);
		text_write(out, line.text, line.len, TEXT_PLAIN);
		fputc('\n', out);
	}
}

static void
write_line_value(FILE *out, enum label label, const struct licence_line *line, enum language language)
{
	summary_write_label(out, label, language);
	if (line->len > 0)
		text_write(out, line->text, line->len, TEXT_PLAIN);
	else
		words_plain(out, &labels[LABEL_ABSENT], " / ", language);
	fputc('\n', out);
}

static void
write_dates(FILE *out, const struct licence *licence, enum language language)
{
	struct licence_date date = {0};
	struct licence_line line;
	struct words words;
	size_t at = 0;

	write_list_label(out, LABEL_DATES, licence, LICENCE_DATES, language);
	while (licence_next_line(&licence->items[LICENCE_DATES], &at, &line)) {
		licence_date_line(&line, &date);
		fputs("  ", out);
		words = holder_words(&date.kind);
		words_plain(out, &words, " / ", language);
		fputs(": ", out);
		words = date.date.en[0] == '\0' ? labels[LABEL_ABSENT] : holder_words(&date.date);
		words_plain(out, &words, " / ", language);
		fputc('\n', out);
	}
	explicit_bzero(&date, sizeof(date));
}

static void
write_classes(FILE *out, const struct licence *licence, enum language language)
{
	size_t i;

	write_list_label(out, LABEL_CLASSES, licence, LICENCE_CLASSES, language);
	for (i = 0; i < LICENCE_CLASS_COUNT; i++) {
		if (!licence_has_class(licence, i))
			continue;
		fputs("  ", out);
		words_plain(out, &licence_classes[i], " / ", language);
		fputc('\n', out);
	}
}

static void
write_history(FILE *out, const struct licence *licence, enum language language)
{
	struct licence_line line;
	struct holder_text date;
	size_t at = 0;

	if (!licence_next_line(&licence->items[LICENCE_HISTORY], &at, &line))
		return;
	write_line_value(out, LABEL_HISTORY_NUMBER, &line, language);
	licence_history_date(licence, &date);
	summary_write_value(out, LABEL_HISTORY_DATE, &date, language);
	fputc('\n', out);
	explicit_bzero(&date, sizeof(date));
}

/* What a driving history does not have. */
static void
write_licence_values(FILE *out, const struct licence *licence, enum language language)
{
	const struct secret *number = &licence->items[LICENCE_NUMBER];
	struct licence_line line = {(const char *)number->data, number->len};
	struct holder_text text;

	write_line_value(out, LABEL_LICENCE_NUMBER, &line, language);
	licence_expiry(licence, &text);
	summary_write_value(out, LABEL_LICENCE_EXPIRY, &text, language);
	if (licence_state(licence) == LICENCE_EXPIRED) {
		fputs("  ! ", out);
		words_plain(out, &labels[LABEL_EXPIRED], " / ", language);
	}
	fputc('\n', out);
	(void)licence_colour(licence, &text);
	summary_write_value(out, LABEL_LICENCE_COLOUR, &text, language);
	fputc('\n', out);
	write_list(out, LABEL_CONDITIONS, licence, LICENCE_CONDITIONS, language);
	explicit_bzero(&text, sizeof(text));
}

static void
write_licence_checks(FILE *out, const struct licence *licence, enum language language)
{
	const struct secret *report = &licence->items[LICENCE_REPORT];

	words_plain(out, &labels[LABEL_CHECKS], " / ", language);
	fputs(":\n", out);
	if (report->len == 0)
		write_words_line(out, LABEL_NO_REPORT, language);
	checks_write_report(out, &labels[LABEL_LICENCE_AP], report, &summary_checks_style, language);
}

void
licence_summary_write(FILE *out, const struct licence *licence, enum language language)
{
	const struct licence_state_words *state = &licence_states[licence_state(licence)];
	bool history = licence_is_history(licence);

	fputs("\n== ", out);
	write_words_line(out, history ? LABEL_HISTORY : LABEL_LICENCE, language);
	summary_write_banner(out, state->verdict, &state->headline, &state->explanation, language);
	fputc('\n', out);
	if (!history)
		write_licence_values(out, licence, language);
	write_history(out, licence, language);
	write_dates(out, licence, language);
	write_classes(out, licence, language);
	write_list(out, LABEL_REMARKS, licence, LICENCE_REMARKS, language);
	fputc('\n', out);
	write_licence_checks(out, licence, language);
	fputc('\n', out);
	words_plain(out, &labels[LABEL_NOTE_SCREEN], "\n", language);
	fputc('\n', out);
}

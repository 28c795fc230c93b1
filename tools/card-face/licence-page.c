/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-page.h"

#include <string.h>

#include "licence-words.h"
#include "page-parts.h"
#include "tools/common/text.h"

static void
write_text_value(FILE *out, const char *text, size_t len)
{
	fputs("<span class=\"value\" lang=\"ja\">", out);
	text_write(out, text, len, TEXT_HTML);
	fputs("</span>\n", out);
}

static void
write_absent(FILE *out, enum label label, enum language language)
{
	words_html(out, "span", "absent", &labels[label], language);
}

/* Writes each line of a list. An empty list is not the same as one that the card does not give. */
static void
write_list_row(FILE *out, enum label label, const struct licence *licence, enum licence_item item, enum language language)
{
	struct licence_line line;
	size_t at = 0;

	page_begin_row(out, "list", label, language);
	while (licence_next_line(&licence->items[item], &at, &line))
		write_text_value(out, line.text, line.len);
	if (at == 0)
		write_absent(out, licence->given[item] ? LABEL_NONE : LABEL_ABSENT, language);
	page_end_row(out);
}

static void
write_number_row(FILE *out, const struct licence *licence, enum language language)
{
	const struct secret *number = &licence->items[LICENCE_NUMBER];

	page_begin_row(out, "half", LABEL_LICENCE_NUMBER, language);
	if (number->len > 0)
		write_text_value(out, (const char *)number->data, number->len);
	else
		write_absent(out, LABEL_ABSENT, language);
	page_end_row(out);
}

static void
write_date_rows(FILE *out, const struct licence *licence, enum language language)
{
	struct licence_date date = {0};
	struct licence_line line;
	struct words words;
	size_t at = 0;

	page_begin_row(out, "list", LABEL_DATES, language);
	if (licence->items[LICENCE_DATES].len == 0)
		write_absent(out, LABEL_ABSENT, language);
	while (licence_next_line(&licence->items[LICENCE_DATES], &at, &line)) {
		licence_date_line(&line, &date);
		fputs("<div class=\"date\">\n", out);
		words = holder_words(&date.kind);
		words_html(out, "span", "kind", &words, language);
		page_write_value(out, &date.date, language);
		fputs("</div>\n", out);
	}
	page_end_row(out);
	explicit_bzero(&date, sizeof(date));
}

/* Writes the number of the driving history and the date of its record. */
static void
write_history_rows(FILE *out, const struct licence *licence, enum language language)
{
	struct licence_line line;
	struct holder_text date;
	size_t at = 0;

	if (!licence_next_line(&licence->items[LICENCE_HISTORY], &at, &line))
		return;
	page_begin_row(out, "half", LABEL_HISTORY_NUMBER, language);
	write_text_value(out, line.text, line.len);
	page_end_row(out);
	page_begin_row(out, "half", LABEL_HISTORY_DATE, language);
	licence_history_date(licence, &date);
	page_write_value(out, &date, language);
	page_end_row(out);
	explicit_bzero(&date, sizeof(date));
}

static void
write_colour_bar(FILE *out, const struct licence *licence, enum language language)
{
	struct holder_text colour, expiry;
	struct words words = {expiry.ja, expiry.en};

	fprintf(out, "<div class=\"bar %s\">\n", licence_colour(licence, &colour));
	licence_expiry(licence, &expiry);
	words_html(out, "span", "label", &labels[LABEL_LICENCE_EXPIRY], language);
	words_html(out, "strong", NULL, expiry.en[0] == '\0' ? &labels[LABEL_ABSENT] : &words, language);
	if (licence_state(licence) == LICENCE_EXPIRED)
		words_html(out, "strong", "expired", &labels[LABEL_EXPIRED], language);
	fputs("</div>\n", out);
	explicit_bzero(&expiry, sizeof(expiry));
}

static void
write_colour_row(FILE *out, const struct licence *licence, enum language language)
{
	struct holder_text colour;

	(void)licence_colour(licence, &colour);
	page_begin_row(out, "half", LABEL_LICENCE_COLOUR, language);
	page_write_value(out, &colour, language);
	page_end_row(out);
}

/* A card without the list of classes shows no empty fields, which would say that no class is held. */
static void
write_classes(FILE *out, const struct licence *licence, enum language language)
{
	size_t i;

	words_html(out, "h3", NULL, &labels[LABEL_CLASSES], language);
	if (!licence->given[LICENCE_CLASSES]) {
		words_html(out, "p", "absent", &labels[LABEL_ABSENT], language);
		return;
	}
	fputs("<ul class=\"classes\">\n", out);
	for (i = 0; i < LICENCE_CLASS_COUNT; i++) {
		fprintf(out, "<li class=\"%s>\n", licence_has_class(licence, i) ? "held\"" : "not-held\" aria-hidden=\"true\"");
		words_html(out, "div", NULL, &licence_classes[i], language);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

static void
write_licence_card(FILE *out, const struct licence *licence, enum language language)
{
	bool history = licence_is_history(licence);

	fputs("<div class=\"licence-card\">\n", out);
	if (!history)
		write_colour_bar(out, licence, language);
	fputs("<div class=\"face\">\n", out);
	page_write_photo(out, &licence->items[LICENCE_PHOTO], language);
	fputs("<dl>\n", out);
	if (!history) {
		write_number_row(out, licence, language);
		write_colour_row(out, licence, language);
	}
	write_history_rows(out, licence, language);
	write_date_rows(out, licence, language);
	if (!history)
		write_list_row(out, LABEL_CONDITIONS, licence, LICENCE_CONDITIONS, language);
	write_list_row(out, LABEL_REMARKS, licence, LICENCE_REMARKS, language);
	fputs("</dl>\n", out);
	if (licence_state(licence) == LICENCE_WRONG)
		words_html(out, "div", "stamp", &labels[LABEL_STAMP], language);
	fputs("</div>\n", out);
	write_classes(out, licence, language);
	fputs("</div>\n", out);
}

void
licence_page_write(FILE *out, const struct licence *licence, enum language language)
{
	const struct licence_state_words *state = &licence_states[licence_state(licence)];

	fprintf(out, "<section class=\"licence %s\">\n", verdict_words[state->verdict].name);
	words_html(out, "h2", "side", &labels[licence_is_history(licence) ? LABEL_HISTORY : LABEL_LICENCE], language);
	page_write_banner(out, state->verdict, &state->headline, &state->explanation, language);
	words_html(out, "p", "caution", &labels[LABEL_NOTE_SCREEN], language);
	write_licence_card(out, licence, language);
	fputs("<div class=\"checks\">\n", out);
	words_html(out, "h3", NULL, &labels[LABEL_CHECKS], language);
	if (licence->items[LICENCE_REPORT].len == 0)
		words_html(out, "p", NULL, &labels[LABEL_NO_REPORT], language);
	checks_write_report(out, &labels[LABEL_LICENCE_AP], &licence->items[LICENCE_REPORT], &page_checks_style, language);
	fputs("</div>\n</section>\n", out);
}

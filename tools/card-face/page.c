/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "page.h"

#include <string.h>
#include <time.h>

#include "holder.h"
#include "labels.h"
#include "licence-page.h"
#include "licence-words.h"
#include "page-parts.h"
#include "picture.h"
#include "tools/common/text.h"

static void
write_page_head(FILE *out, enum verdict verdict, enum language language)
{
	/* even if hostile markup got into the page, the browser would load and run nothing */
	fprintf(out,
			"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
			"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
			"base-uri 'none'; form-action 'none'\">\n"
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			"<meta name=\"referrer\" content=\"no-referrer\">\n"
			"<meta name=\"generator\" content=\"mynumber-card-face " PACKAGE_VERSION "\">\n<title>",
			language == LANGUAGE_EN ? "en" : "ja");
	words_plain(out, &labels[LABEL_TITLE], " / ", language);
	fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body class=\"%s\">\n<main>\n", page_style, verdict_words[verdict].name);
}

static void
write_page_header(FILE *out, enum language language)
{
	char now[64] = "";
	time_t clock = time(NULL);
	struct tm tm = {0};

	strftime(now, sizeof(now), "%Y-%m-%d %H:%M", localtime_r(&clock, &tm));
	fputs("<header>\n", out);
	words_html(out, "h1", NULL, &labels[LABEL_TITLE], language);
	fputs("<p class=\"when\">", out);
	words_html(out, "span", NULL, &labels[LABEL_READ_AT], language);
	fprintf(out, "<time>%s</time></p>\n</header>\n", now);
}

/* Writes the text, if the card has it, and the image of the card face. */
static void
write_page_text_row(FILE *out, enum label label, const char *class_name, const struct secret *text, const struct secret *image, enum language language)
{
	page_begin_row(out, class_name, label, language);
	if (text->len > 0) {
		fputs("<span class=\"value\" lang=\"ja\">", out);
		text_write(out, text->data, text->len, TEXT_HTML);
		fputs("</span>\n", out);
	}
	if (!picture_write_text(out, image, labels[label].ja) && text->len == 0)
		words_html(out, "span", "absent", &labels[LABEL_ABSENT], language);
	page_end_row(out);
}

static void
write_page_expiry(FILE *out, const struct holder *holder, enum language language)
{
	page_begin_row(out, "half", LABEL_EXPIRY, language);
	page_write_value(out, &holder->expiry, language);
	if (holder->expired)
		words_html(out, "strong", "expired", &labels[LABEL_EXPIRED], language);
	page_end_row(out);
}

static void
write_page_face(FILE *out, const struct face *face, enum verdict verdict, enum language language)
{
	const struct secret *items = face->items;
	struct holder holder;

	holder_read(&holder, face);
	fputs("<section class=\"face\">\n", out);
	page_write_photo(out, &items[FACE_PHOTO], language);
	fputs("<dl>\n", out);
	write_page_text_row(out, LABEL_NAME, "name", &items[FACE_NAME], &items[FACE_NAME_IMAGE], language);
	write_page_text_row(out, LABEL_ADDRESS, "address", &items[FACE_ADDRESS], &items[FACE_ADDRESS_IMAGE], language);
	page_begin_row(out, "half", LABEL_BIRTH, language);
	page_write_value(out, &holder.birth, language);
	page_end_row(out);
	page_begin_row(out, "half", LABEL_SEX, language);
	page_write_value(out, &holder.sex, language);
	page_end_row(out);
	write_page_expiry(out, &holder, language);
	write_page_text_row(out, LABEL_CODE, "half", &(struct secret){0}, &items[FACE_CODE_IMAGE], language);
	fputs("</dl>\n", out);
	if (verdict == VERDICT_NOT_GENUINE)
		words_html(out, "div", "stamp", &labels[LABEL_STAMP], language);
	fputs("</section>\n", out);
	explicit_bzero(&holder, sizeof(holder));
}

static void
write_page_checks(FILE *out, const struct face *face, enum language language)
{
	fputs("<section class=\"checks\">\n", out);
	words_html(out, "h3", NULL, &labels[LABEL_CHECKS], language);
	if (face->items[FACE_REPORT].len == 0)
		words_html(out, "p", NULL, &labels[LABEL_NO_REPORT], language);
	checks_write(out, face, &page_checks_style, language);
	fputs("</section>\n", out);
}

static void
write_page_notes(FILE *out, enum language language)
{
	int label;

	fputs("<footer>\n", out);
	for (label = LABEL_NOTE_UNSIGNED; label <= LABEL_NOTE_PERSONAL; label++)
		words_html(out, "p", NULL, &labels[label], language);
	fputs("</footer>\n", out);
}

void
page_write(FILE *out, const struct face *face, enum language language)
{
	enum verdict verdict = shown_verdict(face);

	write_page_head(out, verdict, language);
	write_page_header(out, language);
	page_write_banner(out, verdict, &verdict_words[verdict].headline, &verdict_words[verdict].explanation, language);
	write_page_face(out, face, verdict, language);
	write_page_checks(out, face, language);
	write_page_notes(out, language);
	if (face->licence != NULL)
		licence_page_write(out, face->licence, language);
	fputs("</main>\n</body>\n</html>\n", out);
}

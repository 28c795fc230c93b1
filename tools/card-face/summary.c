/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "summary.h"

#include <string.h>

#include "checks.h"
#include "holder.h"
#include "labels.h"
#include "tools/common/text.h"

static void
write_summary_label(FILE *out, enum label label, enum language language)
{
	words_plain(out, &labels[label], " / ", language);
	fputs(": ", out);
}

static void
write_summary_value(FILE *out, enum label label, const struct holder_text *text, enum language language)
{
	struct words words = text->en[0] == '\0' ? labels[LABEL_ABSENT] : holder_words(text);

	write_summary_label(out, label, language);
	words_plain(out, &words, " / ", language);
}

/* The card face has name and address only as images; the Input Support application has them as text. */
static void
write_summary_text(FILE *out, enum label label, const struct secret *text, const struct secret *image, enum language language)
{
	write_summary_label(out, label, language);
	if (text->len > 0)
		text_write(out, text->data, text->len, TEXT_PLAIN);
	else
		words_plain(out, &labels[image->len > 0 ? LABEL_ON_PAGE : LABEL_ABSENT], " / ", language);
	fputc('\n', out);
}

static void
write_summary_line(FILE *out, const struct words *words, enum language language)
{
	words_plain(out, words, " / ", language);
	fputc('\n', out);
}

/* The findings of the driver are in English only. */
static void
write_summary_finding(FILE *out, const struct finding *finding, enum language language)
{
	fprintf(out, "  %s ", verdict_words[finding->kind].mark);
	if (finding->words != NULL)
		words_plain(out, finding->words, " / ", language);
	else
		text_write(out, finding->text, finding->len, TEXT_PLAIN);
	fputc('\n', out);
}

static const struct checks_style checks_style = {write_summary_line, write_summary_finding, NULL};

static void
write_summary_verdict(FILE *out, const struct face *face, enum language language)
{
	const struct verdict_words *words = &verdict_words[face_verdict(face)];

	fprintf(out, "%s ", words->mark);
	words_plain(out, &words->headline, " / ", language);
	fputs("\n  ", out);
	words_plain(out, &words->explanation, "\n  ", language);
	fputs("\n", out);
}

void
summary_write(FILE *out, const struct face *face, enum language language)
{
	const struct secret *items = face->items;
	struct holder holder;
	int label;

	holder_read(&holder, face);
	write_summary_verdict(out, face, language);
	fputc('\n', out);
	write_summary_text(out, LABEL_NAME, &items[FACE_NAME], &items[FACE_NAME_IMAGE], language);
	write_summary_text(out, LABEL_ADDRESS, &items[FACE_ADDRESS], &items[FACE_ADDRESS_IMAGE], language);
	write_summary_value(out, LABEL_BIRTH, &holder.birth, language);
	fputc('\n', out);
	write_summary_value(out, LABEL_SEX, &holder.sex, language);
	fputc('\n', out);
	write_summary_value(out, LABEL_EXPIRY, &holder.expiry, language);
	if (holder.expired) {
		fputs("  ! ", out);
		words_plain(out, &labels[LABEL_EXPIRED], " / ", language);
	}
	fputs("\n\n", out);
	words_plain(out, &labels[LABEL_CHECKS], " / ", language);
	fputs(":\n", out);
	if (items[FACE_REPORT].len == 0) {
		words_plain(out, &labels[LABEL_NO_REPORT], "\n", language);
		fputc('\n', out);
	}
	checks_write(out, face, &checks_style, language);
	fputc('\n', out);
	for (label = LABEL_NOTE_UNSIGNED; label <= LABEL_NOTE_REVOKED; label++) {
		words_plain(out, &labels[label], "\n", language);
		fputc('\n', out);
	}
	explicit_bzero(&holder, sizeof(holder));
}

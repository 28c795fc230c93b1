/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "summary.h"

#include <string.h>

#include "licence-summary.h"
#include "licence-words.h"
#include "summary-parts.h"
#include "tools/common/text.h"

/* The card face has name and address only as images; the Input Support application has them as text. */
static void
write_summary_text(FILE *out, enum label label, const struct secret *text, const struct secret *image, enum language language)
{
	summary_write_label(out, label, language);
	if (text->len > 0)
		text_write(out, text->data, text->len, TEXT_PLAIN);
	else
		words_plain(out, &labels[image->len > 0 ? LABEL_ON_PAGE : LABEL_ABSENT], " / ", language);
	fputc('\n', out);
}

void
summary_write(FILE *out, const struct face *face, enum language language)
{
	const struct secret *items = face->items;
	enum verdict verdict = shown_verdict(face);
	struct holder holder;
	int label;

	holder_read(&holder, face);
	summary_write_banner(out, verdict, &verdict_words[verdict].headline, &verdict_words[verdict].explanation, language);
	fputc('\n', out);
	write_summary_text(out, LABEL_NAME, &items[FACE_NAME], &items[FACE_NAME_IMAGE], language);
	write_summary_text(out, LABEL_ADDRESS, &items[FACE_ADDRESS], &items[FACE_ADDRESS_IMAGE], language);
	summary_write_value(out, LABEL_BIRTH, &holder.birth, language);
	fputc('\n', out);
	summary_write_value(out, LABEL_SEX, &holder.sex, language);
	fputc('\n', out);
	summary_write_value(out, LABEL_EXPIRY, &holder.expiry, language);
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
	checks_write(out, face, &summary_checks_style, language);
	fputc('\n', out);
	for (label = LABEL_NOTE_UNSIGNED; label <= LABEL_NOTE_REVOKED; label++) {
		words_plain(out, &labels[label], "\n", language);
		fputc('\n', out);
	}
	if (face->licence != NULL)
		licence_summary_write(out, face->licence, language);
	explicit_bzero(&holder, sizeof(holder));
}

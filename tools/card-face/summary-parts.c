/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "summary-parts.h"

#include "sentences.h"
#include "tools/common/text.h"

void
summary_write_label(FILE *out, enum label label, enum language language)
{
	words_plain(out, &labels[label], " / ", language);
	fputs(": ", out);
}

void
summary_write_value(FILE *out, enum label label, const struct holder_text *text, enum language language)
{
	struct words words = text->en[0] == '\0' ? labels[LABEL_ABSENT] : holder_words(text);

	summary_write_label(out, label, language);
	words_plain(out, &words, " / ", language);
}

static void
write_summary_line(FILE *out, const struct words *words, enum language language)
{
	words_plain(out, words, " / ", language);
	fputc('\n', out);
}

/* The driver writes its findings in English. What this program cannot say in Japanese stays as it is. */
static void
write_driver_finding(FILE *out, const struct finding *finding, enum language language)
{
	const struct words *sentence = finding_sentence(finding);
	bool japanese = sentence != NULL && finding->topic != NULL;

	if (japanese && language != LANGUAGE_EN)
		fprintf(out, "%s：%s", finding->topic->ja, sentence->ja);
	if (japanese && language == LANGUAGE_BOTH)
		fputs(" / ", out);
	if (!japanese || language != LANGUAGE_JA)
		text_write(out, finding->text, finding->len, TEXT_PLAIN);
}

static void
write_summary_finding(FILE *out, const struct finding *finding, enum language language)
{
	fprintf(out, "  %s ", verdict_words[finding->kind].mark);
	if (finding->words != NULL)
		words_plain(out, finding->words, " / ", language);
	else
		write_driver_finding(out, finding, language);
	fputc('\n', out);
}

const struct checks_style summary_checks_style = {write_summary_line, write_summary_finding, NULL};

void
summary_write_banner(FILE *out, enum verdict verdict, const struct words *headline, const struct words *explanation, enum language language)
{
	fprintf(out, "%s ", verdict_words[verdict].mark);
	words_plain(out, headline, " / ", language);
	fputs("\n  ", out);
	words_plain(out, explanation, "\n  ", language);
	fputs("\n", out);
}

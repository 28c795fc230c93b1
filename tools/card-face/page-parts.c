/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page-parts.h"

#include "picture.h"
#include "sentences.h"
#include "tools/common/text.h"

void
page_write_banner(FILE *out, enum verdict verdict, const struct words *headline, const struct words *explanation, enum language language)
{
	fprintf(out, "<div class=\"verdict %s\">\n<div class=\"mark\" aria-hidden=\"true\">%s</div>\n<div>\n", verdict_words[verdict].name, verdict_words[verdict].mark);
	words_html(out, "h2", NULL, headline, language);
	words_html(out, "p", NULL, explanation, language);
	fputs("</div>\n</div>\n", out);
}

void
page_begin_row(FILE *out, const char *class_name, enum label label, enum language language)
{
	fprintf(out, "<div class=\"row %s\">\n", class_name);
	words_html(out, "dt", NULL, &labels[label], language);
	fputs("<dd>\n", out);
}

void
page_end_row(FILE *out)
{
	fputs("</dd>\n</div>\n", out);
}

void
page_write_value(FILE *out, const struct holder_text *text, enum language language)
{
	struct words words = holder_words(text);

	if (text->en[0] == '\0')
		words_html(out, "span", "absent", &labels[LABEL_ABSENT], language);
	else
		words_html(out, "span", "value", &words, language);
}

void
page_write_photo(FILE *out, const struct secret *photo, enum language language)
{
	fputs("<figure>\n", out);
	if (!picture_write_photo(out, photo, labels[LABEL_PHOTO].ja))
		words_html(out, "div", "absent", &labels[LABEL_ABSENT], language);
	fputs("</figure>\n", out);
}

/* The driver writes its findings in English. What this program cannot say in Japanese stays as it is. */
static void
write_driver_finding(FILE *out, const struct finding *finding, enum language language)
{
	const struct words *sentence = finding_sentence(finding);

	fputs("<p>\n", out);
	if (sentence != NULL && language != LANGUAGE_EN)
		words_html(out, "span", NULL, sentence, LANGUAGE_JA);
	if (sentence == NULL || language != LANGUAGE_JA) {
		fputs("<code lang=\"en\">", out);
		text_write(out, finding->text, finding->len, TEXT_HTML);
		fputs("</code>\n", out);
	}
	fputs("</p>\n", out);
}

static void
write_page_finding(FILE *out, const struct finding *finding, enum language language)
{
	const struct verdict_words *words = &verdict_words[finding->kind];

	fprintf(out, "<li class=\"%s\">\n<span class=\"mark\" aria-hidden=\"true\">%s</span>\n<div>\n", words->name, words->mark);
	if (finding->topic != NULL)
		words_html(out, "span", "topic", finding->topic, language);
	words_html(out, "span", "result", &words->finding, language);
	if (finding->words != NULL)
		words_html(out, "p", NULL, finding->words, language);
	else
		write_driver_finding(out, finding, language);
	fputs("</div>\n</li>\n", out);
}

static void
begin_page_list(FILE *out, const struct words *application, enum language language)
{
	words_html(out, "h4", NULL, application, language);
	fputs("<ul>\n", out);
}

static void
end_page_list(FILE *out)
{
	fputs("</ul>\n", out);
}

const struct checks_style page_checks_style = {begin_page_list, write_page_finding, end_page_list};

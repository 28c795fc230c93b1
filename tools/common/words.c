/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words.h"

#include <string.h>

#include "text.h"

static const struct {
	const char *name;
	enum language language;
} languages[] = {{"both", LANGUAGE_BOTH}, {"ja", LANGUAGE_JA}, {"en", LANGUAGE_EN}};

bool
words_find_language(const char *name, enum language *language)
{
	size_t i;

	for (i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(name, languages[i].name) == 0) {
			*language = languages[i].language;
			return true;
		}
	return false;
}

static void
write_span(FILE *out, const char *code, const char *text)
{
	fprintf(out, "<span lang=\"%s\">", code);
	text_puts(out, text, TEXT_HTML);
	fputs("</span>", out);
}

void
words_html(FILE *out, const char *tag, const char *class_name, const struct words *words, enum language language)
{
	fprintf(out, "<%s", tag);
	if (class_name != NULL)
		fprintf(out, " class=\"%s\"", class_name);
	fputc('>', out);
	if (language != LANGUAGE_EN)
		write_span(out, "ja", words->ja);
	if (language == LANGUAGE_BOTH)
		fputc(' ', out);
	if (language != LANGUAGE_JA)
		write_span(out, "en", words->en);
	fprintf(out, "</%s>\n", tag);
}

void
words_plain(FILE *out, const struct words *words, const char *separator, enum language language)
{
	if (language != LANGUAGE_EN)
		text_puts(out, words->ja, TEXT_PLAIN);
	if (language == LANGUAGE_BOTH)
		fputs(separator, out);
	if (language != LANGUAGE_JA)
		text_puts(out, words->en, TEXT_PLAIN);
}

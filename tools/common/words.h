/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes words in Japanese, in English, or in both. */
#ifndef TOOLS_WORDS_H
#define TOOLS_WORDS_H

#include <stdbool.h>
#include <stdio.h>

enum language {
	LANGUAGE_BOTH,
	LANGUAGE_JA,
	LANGUAGE_EN,
};

/* The same words in both languages, in UTF-8. */
struct words {
	const char *ja, *en;
};

/* Finds the language that NAME ("both", "ja" or "en") stands for. False if there is none. */
bool words_find_language(const char *name, enum language *language);

/* Writes the HTML element TAG with the class CLASS_NAME (NULL: none), which holds a <span lang> for each language. */
void words_html(FILE *out, const char *tag, const char *class_name, const struct words *words, enum language language);

/* Writes plain text. If LANGUAGE is both: Japanese, SEPARATOR, English. */
void words_plain(FILE *out, const struct words *words, const char *separator, enum language language);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rules that the card face viewer's page and text must obey for any content of the card. A violation ends the program. */
#ifndef TESTS_FUZZ_PAGE_RULES_H
#define TESTS_FUZZ_PAGE_RULES_H

#include "tools/card-face/verdict.h"

/* The text is UTF-8 without characters that control a terminal or hide other characters, and each line ends with a newline. */
void rule_harmless(const char *text, size_t len);

/* The page contains only the elements and entities that the program writes, and each element that starts also ends. */
void rule_markup(const char *page);

/* The pictures in the page are PNGs within the limits, shown at a whole multiple of their size. */
void rule_pictures(const char *page);

/* No name and no address adds a line to the text. */
void rule_lines(const struct face *face, const char *summary, enum language language);

/* A finding that something is wrong is shown prominently, and "genuine" appears only with all required findings. */
void rule_verdict(const struct face *face, const char *page, const char *summary);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What must hold of the card face viewer's page and text whatever the card says. The program ends where it does not. */
#ifndef TESTS_FUZZ_PAGE_RULES_H
#define TESTS_FUZZ_PAGE_RULES_H

#include "tools/card-face/verdict.h"

/* UTF-8 without a character that a terminal obeys or that hides what is written; lines end by a newline. */
void rule_harmless(const char *text, size_t len);

/* The page has no element and no entity but those that the program writes, and each that begins ends. */
void rule_markup(const char *page);

/* Its pictures are PNGs within the limits, shown in a whole multiple of their size. */
void rule_pictures(const char *page);

/* No name and no address makes a line of the text. */
void rule_lines(const struct face *face, const char *summary, enum language language);

/* A finding that something is wrong is seen at a glance, and nothing is genuine without what must be found. */
void rule_verdict(const struct face *face, const char *page, const char *summary);

#endif

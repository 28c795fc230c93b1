/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parts of the text that the card face and the driving licence share. */
#ifndef TOOLS_SUMMARY_PARTS_H
#define TOOLS_SUMMARY_PARTS_H

#include "checks.h"
#include "holder.h"
#include "labels.h"

/* Writes a verdict with its mark, on two lines. */
void summary_write_banner(FILE *out, enum verdict verdict, const struct words *headline, const struct words *explanation, enum language language);

/* Writes a label and a colon. */
void summary_write_label(FILE *out, enum label label, enum language language);

/* Writes a label with a value in words, or that it is not available if it is empty. Does not end the line. */
void summary_write_value(FILE *out, enum label label, const struct holder_text *text, enum language language);

/* How the text lists the results of the checks. */
extern const struct checks_style summary_checks_style;

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parts of the HTML page that the card face and the driving licence share. */
#ifndef TOOLS_PAGE_PARTS_H
#define TOOLS_PAGE_PARTS_H

#include "checks.h"
#include "holder.h"
#include "labels.h"

/* Writes a verdict with its mark. */
void page_write_banner(FILE *out, enum verdict verdict, const struct words *headline, const struct words *explanation, enum language language);

/* Begin and end a row of a description list. */
void page_begin_row(FILE *out, const char *class_name, enum label label, enum language language);
void page_end_row(FILE *out);

/* Writes a value in words, or that it is not available if it is empty. */
void page_write_value(FILE *out, const struct holder_text *text, enum language language);

/* Writes a JPEG 2000 photo, or that there is none. */
void page_write_photo(FILE *out, const struct secret *photo, enum language language);

/* How the page lists the results of the checks. */
extern const struct checks_style page_checks_style;

#endif

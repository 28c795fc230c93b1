/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the card face as one HTML page: no scripts, no links, one A4 page when printed. */
#ifndef TOOLS_PAGE_H
#define TOOLS_PAGE_H

#include "verdict.h"

/* Writes the page of FACE in LANGUAGE. */
void page_write(FILE *out, const struct face *face, enum language language);

/* The style sheet of the page; make writes it from page.css. */
extern const char page_style[];

#endif

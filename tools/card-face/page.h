/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card face as one HTML page: no scripts, nothing from elsewhere, one A4 when printed. */
#ifndef TOOLS_PAGE_H
#define TOOLS_PAGE_H

#include "verdict.h"

void page_write(FILE *out, const struct face *face, enum language language);

/* The style sheet of the page. */
extern const char page_style[];

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checks that the driver made, application by application, as the page and the summary show them. */
#ifndef TOOLS_CHECKS_H
#define TOOLS_CHECKS_H

#include "verdict.h"

/* How they are written: the name of an application, each finding, and what follows the last one (NULL: nothing). */
struct checks_style {
	void (*application)(FILE *out, const struct words *name, enum language language);
	void (*finding)(FILE *out, const struct finding *finding, enum language language);
	void (*end)(FILE *out);
};

/* Writes all findings, this program's own last; of an application without a report nothing. */
void checks_write(FILE *out, const struct face *face, const struct checks_style *style, enum language language);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists the results of the checks, for the page and for the text summary. */
#ifndef TOOLS_CHECKS_H
#define TOOLS_CHECKS_H

#include "verdict.h"

/* Writes the name of an application, one finding, and the end of the list (NULL: nothing). */
struct checks_style {
	void (*application)(FILE *out, const struct words *name, enum language language);
	void (*finding)(FILE *out, const struct finding *finding, enum language language);
	void (*end)(FILE *out);
};

/* Writes the name of an application and the findings of its report; nothing if the report is empty. */
void checks_write_report(FILE *out, const struct words *application, const struct secret *report, const struct checks_style *style, enum language language);

/* Writes the findings of each application that has a report, then those of this program. */
void checks_write(FILE *out, const struct face *face, const struct checks_style *style, enum language language);

#endif

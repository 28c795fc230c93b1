/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The result of an authenticity check. A failed check (FAIL) is different from a check that could not be made (unknown). */
#ifndef MYNUMBER_FINDING_H
#define MYNUMBER_FINDING_H

#include <stdio.h>

enum finding_kind {
	FINDING_OK,
	FINDING_FAIL,
	FINDING_UNKNOWN
};

struct finding {
	enum finding_kind kind;
	const char *text; /* a static sentence; NULL: not checked yet */
};

/* Writes one line: `ok`, `FAIL` or `unknown`, the name of what was checked, and the text. */
void finding_write(FILE *out, const char *what, const struct finding *finding);

#endif

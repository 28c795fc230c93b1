/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "finding.h"

void
finding_write(FILE *out, const char *what, const struct finding *finding)
{
	static const char *const words[] = {[FINDING_OK] = "ok", [FINDING_FAIL] = "FAIL", [FINDING_UNKNOWN] = "unknown"};

	fprintf(out, "%s: %s: %s\n", words[finding->kind], what, finding->text);
}

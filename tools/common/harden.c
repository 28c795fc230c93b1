/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harden.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void
harden(const char *program)
{
	static const struct rlimit no_core = {0, 0};

	if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		fprintf(stderr, "%s: core dumps could not be switched off\n", program);
}

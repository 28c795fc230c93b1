/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

/* libFuzzer prescribes the types. */
int
LLVMFuzzerInitialize(int *argc, char ***argv) /* NOLINT(readability-non-const-parameter) */
{
	(void)argc;
	(void)argv;
	fuzz_prepare();
	return 0;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In place of OpenSSL's RAND_bytes, in the module that is fuzzed: the same challenge in each run, or no recorded signature
 * of it would ever be right again. */
#include <stddef.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-reserved-identifier): the name is the linker's, of --wrap */
int __wrap_RAND_bytes(unsigned char *buf, int num);

int
__wrap_RAND_bytes(unsigned char *buf, int num)
{
	memset(buf, 0x5A, (size_t)num);
	return 1;
}
/* NOLINTEND(bugprone-reserved-identifier) */

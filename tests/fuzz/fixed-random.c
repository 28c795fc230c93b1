/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replaces OpenSSL's RAND_bytes in the fuzzed module, so that the challenge is the same in each run. With a random
 * challenge, no recorded signature over it would verify again. */
#include <stddef.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's option --wrap requires this name */
int __wrap_RAND_bytes(unsigned char *buf, int num);

int
__wrap_RAND_bytes(unsigned char *buf, int num)
{
	memset(buf, 0x5A, (size_t)num);
	return 1;
}
/* NOLINTEND(bugprone-reserved-identifier) */

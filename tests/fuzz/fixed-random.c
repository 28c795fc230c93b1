/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replaces OpenSSL's random generator in the fuzzed module, so that the challenge is the same in each run. With a random
 * challenge, no recorded signature over it would verify again. */
#include <string.h>

#include <openssl/evp.h>

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's option --wrap requires this name */
int __wrap_EVP_RAND_generate(EVP_RAND_CTX *ctx, unsigned char *out, size_t len, unsigned strength, int prediction_resistance, const unsigned char *more, size_t more_len);

int
__wrap_EVP_RAND_generate(EVP_RAND_CTX *ctx, unsigned char *out, size_t len, unsigned strength, int prediction_resistance, const unsigned char *more, size_t more_len)
{
	(void)ctx;
	(void)strength;
	(void)prediction_resistance;
	(void)more;
	(void)more_len;
	memset(out, 0x5A, len);
	return 1;
}
/* NOLINTEND(bugprone-reserved-identifier) */

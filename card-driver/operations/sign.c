/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sign.h"

#include <string.h>

#include "card-driver/content/signature.h"

#define RSA_KEY_BITS 2048 /* of the present card generation; no card with longer keys has been issued yet */

/* The flags with which OpenSC requests each method. */
static const struct algorithm {
	unsigned long padding;	    /* SC_ALGORITHM_RSA_PAD_* */
	unsigned long requirements; /* further flags that a request must contain */
	bool adds_digest_info;	    /* the host wraps a bare hash in a DigestInfo */
} algorithms[SIGNATURE_METHOD_COUNT] = {
		[SIGNATURE_PKCS1] = {COMPAT_RSA_PAD_PKCS1_SIGN, 0, true},
		[SIGNATURE_PSS] = {SC_ALGORITHM_RSA_PAD_PSS, SC_ALGORITHM_MGF1_SHA256, false},
};

/* The hashes for PKCS#1 v1.5 signatures. PSS is limited to SHA-256, which OpenSC's list of capabilities cannot express. */
#define HASHES (SC_ALGORITHM_RSA_HASH_SHA1 | SC_ALGORITHM_RSA_HASH_SHA224 | SC_ALGORITHM_RSA_HASH_SHA256 | \
		SC_ALGORITHM_RSA_HASH_SHA384 | SC_ALGORITHM_RSA_HASH_SHA512)

static bool
is_offered(const struct session *session, const struct algorithm *algorithm)
{
	return algorithm != &algorithms[SIGNATURE_PSS] || session->settings.pss;
}

static int
add_rsa_algorithm(struct session *session, unsigned bits)
{
	unsigned long flags = SC_ALGORITHM_RSA_HASH_NONE | HASHES;
	size_t i;

	for (i = 0; i < SIGNATURE_METHOD_COUNT; i++)
		if (is_offered(session, &algorithms[i]))
			flags |= algorithms[i].padding | algorithms[i].requirements;
	return _sc_card_add_rsa_alg(session->card, bits, flags, 0);
}

int
sign_add_algorithms(struct session *session)
{
	return add_rsa_algorithm(session, RSA_KEY_BITS);
}

int
sign_accept_key_size(struct session *session, size_t *bits)
{
	if (*bits == 0)
		*bits = RSA_KEY_BITS;
	if (sc_card_find_rsa_alg(session->card, (unsigned)*bits) != NULL)
		return SC_SUCCESS;
	return add_rsa_algorithm(session, (unsigned)*bits);
}

static enum signature_method
method_of(const struct algorithm *algorithm)
{
	return (enum signature_method)(algorithm - algorithms);
}

static const struct algorithm *
find_algorithm(const struct session *session, unsigned long flags)
{
	size_t i;

	for (i = 0; i < SIGNATURE_METHOD_COUNT; i++)
		if ((flags & algorithms[i].padding) && (flags & algorithms[i].requirements) == algorithms[i].requirements && is_offered(session, &algorithms[i]))
			return &algorithms[i];
	return NULL;
}

/* Returns true if the method supports the hash. PSS supports SHA-256, and a hash whose name is not given; then the
 * length of the data is checked. */
static bool
hash_fits(const struct algorithm *algorithm, unsigned long flags)
{
	return algorithm->adds_digest_info || !(flags & HASHES & ~(unsigned long)SC_ALGORITHM_RSA_HASH_SHA256);
}

int
sign_set_environment(struct session *session, const sc_security_env_t *env)
{
	const struct card_key *key = env->key_ref_len == 1 ? card_key_find(env->key_ref[0]) : NULL;
	const struct algorithm *algorithm = find_algorithm(session, env->algorithm_flags);

	session->environment.key = NULL;
	session->environment.algorithm_flags = env->algorithm_flags;
	if (env->operation != SC_SEC_OPERATION_SIGN || algorithm == NULL || !hash_fits(algorithm, env->algorithm_flags)) {
		sc_log(session->card->ctx, "the card signs with PKCS#1 v1.5, or with PSS of SHA-256, and no other way");
		return SC_ERROR_NOT_SUPPORTED;
	}
	if (!(env->flags & SC_SEC_ENV_KEY_REF_PRESENT) || key == NULL)
		return SC_ERROR_INVALID_ARGUMENTS;
	session->environment.key = key;
	return SC_SUCCESS;
}

/* Writes the data that the card signs. With PKCS#1 v1.5 a bare hash is wrapped in a DigestInfo. */
static int
encode_input(struct session *session, const struct algorithm *algorithm, const uint8_t *data, size_t len, uint8_t *out, size_t *out_len)
{
	unsigned long hash = session->environment.algorithm_flags & HASHES;

	if (algorithm->adds_digest_info && hash != 0)
		return sc_pkcs1_encode(session->card->ctx, hash, data, len, out, out_len, 0, NULL);
	if (len > *out_len)
		return SC_ERROR_WRONG_LENGTH;
	memcpy(out, data, len);
	*out_len = len;
	return SC_SUCCESS;
}

int
sign_compute(struct session *session, const uint8_t *data, size_t len, uint8_t *out, size_t out_len)
{
	const struct algorithm *algorithm = find_algorithm(session, session->environment.algorithm_flags);
	uint8_t input[SHORT_ANSWER_MAX];
	size_t input_len = sizeof(input);
	int r;

	if (session->environment.key == NULL || algorithm == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	r = encode_input(session, algorithm, data, len, input, &input_len);
	if (r == SC_SUCCESS)
		r = signature_make(session, session->environment.key, method_of(algorithm), input, input_len, out, out_len);
	if (r == SC_ERROR_INCORRECT_PARAMETERS && method_of(algorithm) == SIGNATURE_PSS)
		r = SC_ERROR_NOT_SUPPORTED;
	return r;
}

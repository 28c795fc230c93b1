/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sign.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "public-key.h"

/* COMPUTE DIGITAL SIGNATURE. P2 names the key: current EF, short EF identifier, or the application's default key. */
#define CLA_JICSAP   0x80
#define INS_SIGN     0x2A
#define KEY_CURRENT  0x80
#define KEY_BY_SFI   0x80
#define KEY_DEFAULT  0x00
#define RSA_KEY_BITS 2048 /* of the present card generation; longer ones are not out */
#define SHA256_LEN   32

/* A way of signing: what OpenSC asks for, the P1 that does it, how much data it takes (myna-card, all P1 swept). */
struct method {
	unsigned long padding;
	uint8_t p1;
	size_t min, max; /* bytes of data */
	int rsa_padding; /* OpenSSL's name for it */
};

static const struct method methods[] = {
		/* PKCS#1 v1.5 around whatever is given: the host makes the DigestInfo */
		{COMPAT_RSA_PAD_PKCS1_SIGN, 0x00, 1, 245, RSA_PKCS1_PADDING},
};

static int
add_algorithm(struct session *session, unsigned bits)
{
	unsigned long flags = SC_ALGORITHM_RSA_HASH_NONE;
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		flags |= methods[i].padding;
	return _sc_card_add_rsa_alg(session->card, bits, flags, 0);
}

int
sign_add_algorithms(struct session *session)
{
	return add_algorithm(session, RSA_KEY_BITS);
}

int
sign_accept_key_size(struct session *session, size_t *bits)
{
	if (*bits == 0)
		*bits = RSA_KEY_BITS;
	if (sc_card_find_rsa_alg(session->card, (unsigned)*bits) != NULL)
		return SC_SUCCESS;
	return add_algorithm(session, (unsigned)*bits);
}

static const struct method *
find_method(unsigned long algorithm_flags)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (algorithm_flags & methods[i].padding)
			return &methods[i];
	return NULL;
}

int
sign_set_environment(struct session *session, const sc_security_env_t *env)
{
	const struct card_key *key = env->key_ref_len == 1 ? card_key_find(env->key_ref[0]) : NULL;

	session->key = NULL;
	session->algorithm_flags = env->algorithm_flags;
	if (env->operation != SC_SEC_OPERATION_SIGN || find_method(env->algorithm_flags) == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	if (!(env->flags & SC_SEC_ENV_KEY_REF_PRESENT) || key == NULL)
		return SC_ERROR_INVALID_ARGUMENTS;
	session->key = key;
	return SC_SUCCESS;
}

/* A job: the same data, perhaps sent twice. */
struct signing {
	const struct card_key *key;
	const struct method *method;
	const uint8_t *data;
	size_t len;
	EVP_PKEY *public; /* checks the signature; NULL: not at hand */
	uint8_t signature[SHORT_ANSWER_MAX];
	size_t signature_len;
};

static int
send(struct session *session, struct signing *job, unsigned p2)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_4_SHORT, INS_SIGN, job->method->p1, (int)p2);
	apdu.cla = CLA_JICSAP;
	apdu.data = job->data;
	apdu.datalen = job->len;
	apdu.lc = job->len;
	apdu.resp = job->signature;
	apdu.resplen = sizeof(job->signature);
	apdu.le = sizeof(job->signature);
	r = session_transmit(session, &apdu);
	job->signature_len = apdu.resplen;
	return r;
}

/* True if the signature is one of the key that belongs to the public key: what it opens to is what was given. */
static bool
is_genuine(const struct signing *job)
{
	uint8_t opened[SHORT_ANSWER_MAX];
	size_t len = sizeof(opened);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(job->public, NULL);
	bool genuine = ctx != NULL && EVP_PKEY_get_size(job->public) <= (int)sizeof(opened) &&
		       EVP_PKEY_verify_recover_init(ctx) == 1 &&
		       EVP_PKEY_CTX_set_rsa_padding(ctx, job->method->rsa_padding) == 1 &&
		       EVP_PKEY_verify_recover(ctx, opened, &len, job->signature, job->signature_len) == 1 &&
		       len == job->len && CRYPTO_memcmp(opened, job->data, len) == 0;

	EVP_PKEY_CTX_free(ctx);
	ERR_clear_error();
	return genuine;
}

static int
check(struct session *session, const struct signing *job)
{
	if (job->public == NULL || is_genuine(job))
		return SC_SUCCESS;
	sc_log(session->card->ctx, "the signature is not one of the key asked for");
	return SC_ERROR_CARD_CMD_FAILED;
}

/* Where the public key is at hand, the result shows whether the right application was selected: just try. Else make
 * sure of the application before. */
static int
try_at_once(struct session *session, struct signing *job)
{
	unsigned p2 = job->key->by_default ? KEY_DEFAULT : KEY_BY_SFI | job->key->file;
	bool believed = session->app != NULL && session->app->id == job->key->app;
	int r = SC_SUCCESS;

	if (!believed || session->sfi_fails || job->public == NULL)
		r = session_need_app(session, job->key->app);
	if (r < 0 || (session->sfi_fails && !job->key->by_default))
		return r < 0 ? r : SC_ERROR_NOT_SUPPORTED;
	session->ef = 0;
	r = send(session, job, p2);
	return r == SC_SUCCESS ? check(session, job) : r;
}

/* The form that every program uses: select the application, select the key, sign. */
static int
try_carefully(struct session *session, struct signing *job)
{
	int r = session->sure && session->app->id == job->key->app ? SC_SUCCESS : session_select_app(session, job->key->app);

	if (r == SC_SUCCESS && !job->key->by_default)
		r = session_select_ef(session, job->key->file);
	if (r == SC_SUCCESS)
		r = send(session, job, job->key->by_default ? KEY_DEFAULT : KEY_CURRENT);
	return r == SC_SUCCESS ? check(session, job) : r;
}

/* An answer of the card, as opposed to a card or reader that is gone. */
static bool
card_answered(int r)
{
	return r <= SC_ERROR_CARD_CMD_FAILED || r == SC_SUCCESS;
}

static int
sign(struct session *session, struct signing *job)
{
	enum pin_id pin = job->key->pin;
	int r;

	if (pin != PIN_NONE && !session->pins[pin].verified)
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	r = try_at_once(session, job);
	if (r < 0 && card_answered(r))
		r = try_carefully(session, job);
	if (pin == PIN_NONE)
		return r;
	if (r == SC_SUCCESS)
		session->pins[pin].verified = true;
	else if (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		session_note_lost(session, PIN_BIT(pin));
	return r;
}

static int
sign_checked(struct session *session, struct signing *job)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	if (public_key_at_hand(session, job->key))
		r = public_key_load(session, job->key, &job->public);
	if (r == SC_SUCCESS)
		r = sign(session, job);
	session_end(session);
	EVP_PKEY_free(job->public);
	return r;
}

int
sign_compute(struct session *session, const uint8_t *data, size_t len, uint8_t *out, size_t out_len)
{
	struct signing job = {.key = session->key, .method = find_method(session->algorithm_flags), .data = data, .len = len};
	int r;

	if (job.key == NULL || job.method == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	if (len < job.method->min || len > job.method->max)
		return SC_ERROR_WRONG_LENGTH;
	r = sign_checked(session, &job);
	if (r < 0)
		return r;
	if (job.signature_len > out_len)
		return SC_ERROR_BUFFER_TOO_SMALL;
	memcpy(out, job.signature, job.signature_len);
	return (int)job.signature_len;
}

/* DigestInfo of SHA-256 (RFC 8017, 9.2): the card signs a hash, never bytes of somebody's choice. */
static const uint8_t digest_info[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, SHA256_LEN};

int
sign_challenge(struct session *session, const struct card_key *key)
{
	uint8_t challenge[sizeof(digest_info) + SHA256_LEN];
	struct signing job = {.key = key, .method = &methods[0], .data = challenge, .len = sizeof(challenge)};

	if (!public_key_at_hand(session, key))
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	memcpy(challenge, digest_info, sizeof(digest_info));
	if (RAND_bytes(challenge + sizeof(digest_info), SHA256_LEN) != 1)
		return SC_ERROR_INTERNAL;
	return sign_checked(session, &job);
}

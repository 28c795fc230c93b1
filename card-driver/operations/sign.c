/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sign.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "card-driver/content/public-key.h"
#include "card-driver/session/application.h"
#include "card-driver/session/exchange.h"
#include "card-driver/session/status.h"
#include "card-driver/trust/crypto.h"

/* COMPUTE DIGITAL SIGNATURE. P2 names the key: current EF, short EF identifier, or the application's default key. */
#define CLA_JICSAP    0x80
#define INS_SIGN      0x2A
#define KEY_CURRENT   0x80
#define KEY_BY_SFI    0x80
#define KEY_DEFAULT   0x00
#define RSA_KEY_BITS  2048 /* of the present card generation; longer ones are not out */
#define UNCHECKED_MAX 7	   /* as many proofs cost what reading a certificate of 1.7 kB costs */

/* A way of signing: what OpenSC asks for, the P1 that does it, how much data it takes (myna-card, all P1 swept). */
struct method {
	unsigned long padding;	    /* SC_ALGORITHM_RSA_PAD_* */
	unsigned long requirements; /* further flags that a request must have */
	uint8_t p1;
	size_t min, max;       /* bytes of data */
	bool adds_digest_info; /* the host makes the DigestInfo where it is given a bare hash */
	int rsa_padding;       /* OpenSSL's name for the padding */
};

enum method_index {
	METHOD_PKCS1,
	METHOD_PSS
};

static const struct method methods[] = {
		/* PKCS#1 v1.5 around whatever is given */
		[METHOD_PKCS1] = {COMPAT_RSA_PAD_PKCS1_SIGN, 0, 0x00, 1, 245, true, RSA_PKCS1_PADDING},
		/* of a SHA-256 hash only, MGF1 of SHA-256, salt of 32 bytes */
		[METHOD_PSS] = {SC_ALGORITHM_RSA_PAD_PSS, SC_ALGORITHM_MGF1_SHA256, 0x04, SHA256_LEN, SHA256_LEN, false, RSA_PKCS1_PSS_PADDING},
};

/* The hashes that PKCS#1 v1.5 signatures are made of here; of these PSS is for SHA-256 alone, which OpenSC's list of
 * capabilities has no words for. */
#define HASHES (SC_ALGORITHM_RSA_HASH_SHA1 | SC_ALGORITHM_RSA_HASH_SHA224 | SC_ALGORITHM_RSA_HASH_SHA256 | \
		SC_ALGORITHM_RSA_HASH_SHA384 | SC_ALGORITHM_RSA_HASH_SHA512)

static bool
is_offered(const struct session *session, const struct method *method)
{
	return method != &methods[METHOD_PSS] || session->settings.pss;
}

static int
add_algorithm(struct session *session, unsigned bits)
{
	unsigned long flags = SC_ALGORITHM_RSA_HASH_NONE | HASHES;
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (is_offered(session, &methods[i]))
			flags |= methods[i].padding | methods[i].requirements;
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
find_method(const struct session *session, unsigned long flags)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if ((flags & methods[i].padding) && (flags & methods[i].requirements) == methods[i].requirements && is_offered(session, &methods[i]))
			return &methods[i];
	return NULL;
}

/* PSS takes SHA-256 or what is said to be nothing but a hash, which its length then tells. */
static bool
hash_fits(const struct method *method, unsigned long flags)
{
	return method->adds_digest_info || !(flags & HASHES & ~(unsigned long)SC_ALGORITHM_RSA_HASH_SHA256);
}

int
sign_set_environment(struct session *session, const sc_security_env_t *env)
{
	const struct card_key *key = env->key_ref_len == 1 ? card_key_find(env->key_ref[0]) : NULL;
	const struct method *method = find_method(session, env->algorithm_flags);

	session->key = NULL;
	session->algorithm_flags = env->algorithm_flags;
	if (env->operation != SC_SEC_OPERATION_SIGN || method == NULL || !hash_fits(method, env->algorithm_flags)) {
		sc_log(session->card->ctx, "the card signs with PKCS#1 v1.5, or with PSS of SHA-256, and no other way");
		return SC_ERROR_NOT_SUPPORTED;
	}
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

/* Readies OpenSSL for the check; false without memory, which says nothing of the signature. */
static bool
can_check(EVP_PKEY_CTX *ctx, const struct signing *job)
{
	if (EVP_PKEY_verify_init(ctx) != 1 || EVP_PKEY_CTX_set_rsa_padding(ctx, job->method->rsa_padding) != 1)
		return false;
	return job->method == &methods[METHOD_PKCS1] ||
	       (EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1 && EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, crypto_sha256()) == 1 &&
			       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, SHA256_LEN) == 1);
}

/* The signature must be one of the key that belongs to the public key; with PKCS#1 v1.5, where OpenSSL is told of no digest,
 * of exactly what was given. That OpenSSL could not tell is no verdict. */
static int
judge(EVP_PKEY_CTX *ctx, const struct signing *job)
{
	int verdict = can_check(ctx, job) ? EVP_PKEY_verify(ctx, job->signature, job->signature_len, job->data, job->len) : -1;

	if (verdict < 0)
		return SC_ERROR_OUT_OF_MEMORY;
	return verdict == 1 ? SC_SUCCESS : SC_ERROR_UNKNOWN_DATA_RECEIVED;
}

/* Without the public key only the length tells of an answer that was cut: it is that of a key that this card has. */
static int
check(struct session *session, const struct signing *job)
{
	EVP_PKEY_CTX *ctx;
	int r;

	if (job->public == NULL)
		return sc_card_find_rsa_alg(session->card, (unsigned)job->signature_len * 8) != NULL ? SC_SUCCESS : SC_ERROR_UNKNOWN_DATA_RECEIVED;
	ERR_set_mark();
	ctx = crypto_operation(job->public);
	r = ctx == NULL ? SC_ERROR_OUT_OF_MEMORY : judge(ctx, job);
	EVP_PKEY_CTX_free(ctx);
	ERR_pop_to_mark();
	if (r < 0)
		sc_log(session->card->ctx, "the signature is not shown to be one of the key asked for");
	return r;
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

static int
sign(struct session *session, struct signing *job)
{
	enum pin_id pin = job->key->pin;
	int r;

	if (pin != PIN_NONE && !session->pins[pin].verified)
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	r = try_at_once(session, job);
	if (status_is_answer(r))
		r = try_carefully(session, job);
	if (pin == PIN_NONE)
		return r;
	if (r == SC_SUCCESS)
		session->pins[pin].verified = true;
	else if (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		session_note_lost(session, PIN_BIT(pin));
	return r;
}

/* Without a public key the card signs as well; but not without a card, or after a reset, when it may be another one. */
static int
load_if_given(struct session *session, struct signing *job)
{
	int r = public_key_load(session, job->key, &job->public);

	return status_is_answer(r) ? SC_SUCCESS : r;
}

/* A public key behind a PIN is not read for one signature: without it each costs an exchange more, the proof of the
 * application, but reading costs several. For many signatures it is worth it. */
static int
sign_checked(struct session *session, struct signing *job)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	if (public_key_at_hand(session, job->key))
		r = public_key_load(session, job->key, &job->public);
	else if (session->unchecked >= UNCHECKED_MAX)
		r = load_if_given(session, job);
	if (r == SC_SUCCESS)
		r = sign(session, job);
	if (job->public == NULL)
		session->unchecked++;
	session_end(session);
	EVP_PKEY_free(job->public);
	return r;
}

/* The data as the card wants it: with PKCS#1 v1.5 a bare hash gets its DigestInfo. */
static int
prepare(struct session *session, const struct method *method, const uint8_t *data, size_t len, uint8_t *out, size_t *out_len)
{
	unsigned long hash = session->algorithm_flags & HASHES;

	if (method->adds_digest_info && hash != 0)
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
	uint8_t prepared[SHORT_ANSWER_MAX];
	struct signing job = {.key = session->key, .method = find_method(session, session->algorithm_flags), .data = prepared, .len = sizeof(prepared)};
	int r;

	if (job.key == NULL || job.method == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	r = prepare(session, job.method, data, len, prepared, &job.len);
	if (r < 0)
		return r;
	if (job.len < job.method->min || job.len > job.method->max)
		return SC_ERROR_WRONG_LENGTH;
	r = sign_checked(session, &job);
	if (r == SC_ERROR_INCORRECT_PARAMETERS && job.method == &methods[METHOD_PSS])
		r = SC_ERROR_NOT_SUPPORTED;
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
	struct signing job = {.key = key, .method = &methods[METHOD_PKCS1], .data = challenge, .len = sizeof(challenge)};

	if (!public_key_at_hand(session, key))
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	memcpy(challenge, digest_info, sizeof(digest_info));
	if (crypto_random(challenge + sizeof(digest_info), SHA256_LEN) < 0)
		return SC_ERROR_INTERNAL;
	return sign_checked(session, &job);
}

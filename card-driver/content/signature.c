/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "signature.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "card-driver/base/log-error.h"
#include "card-driver/session/application.h"
#include "card-driver/session/exchange.h"
#include "card-driver/session/read.h"
#include "card-driver/session/status.h"
#include "card-driver/trust/crypto.h"
#include "public-key.h"

/* COMPUTE DIGITAL SIGNATURE. P2 names the key: current EF, short EF identifier, or the application's default key. */
#define CLA_JICSAP  0x80
#define INS_SIGN    0x2A
#define KEY_CURRENT 0x80
#define KEY_BY_SFI  0x80
#define KEY_DEFAULT 0x00

/* How often confirming the application costs less than reading a certificate of 1.7 kB, which confirms it once: by READs of
 * short and of extended length. */
#define UNCHECKED_MAX	       6
#define UNCHECKED_MAX_EXTENDED 1

struct method {
	uint8_t p1;
	size_t min, max; /* bytes of data */
	int rsa_padding; /* OpenSSL's constant for the padding */
};

static const struct method methods[SIGNATURE_METHOD_COUNT] = {
		[SIGNATURE_PKCS1] = {0x00, 1, 245, RSA_PKCS1_PADDING},
		[SIGNATURE_PSS] = {0x04, SHA256_LEN, SHA256_LEN, RSA_PKCS1_PSS_PADDING},
};

/* One signature, for which the command may be sent twice. */
struct signature_job {
	const struct card_key *key;
	const struct method *method;
	const uint8_t *data;
	size_t len;
	EVP_PKEY *public; /* owned; NULL: the key was not loaded, so the signature cannot be verified */
	uint8_t signature[SHORT_ANSWER_MAX];
	size_t signature_len;
};

static int
send_sign_command(struct session *session, struct signature_job *job, unsigned p2)
{
	int r = apdu_send(session, CLA_JICSAP, INS_SIGN, job->method->p1, p2, job->data, job->len, job->signature, sizeof(job->signature), 0);

	job->signature_len = apdu_answer(session)->len;
	return r;
}

/* Returns false if memory allocation fails, which says nothing about the signature. */
static bool
start_verification(EVP_PKEY_CTX *ctx, const struct signature_job *job)
{
	if (EVP_PKEY_verify_init(ctx) != 1 || EVP_PKEY_CTX_set_rsa_padding(ctx, job->method->rsa_padding) != 1)
		return false;
	return job->method == &methods[SIGNATURE_PKCS1] ||
	       (EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1 && EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, crypto_sha256()) == 1 &&
			       EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, SHA256_LEN) == 1);
}

/* Verifies that the signature was made by the private key that belongs to the public key. With PKCS#1 v1.5 OpenSSL is
 * given no digest, so that it compares the signed data directly. A failure of OpenSSL itself does not mean that the
 * signature is invalid. */
static int
verify_with_key(EVP_PKEY_CTX *ctx, const struct signature_job *job)
{
	int verdict = start_verification(ctx, job) ? EVP_PKEY_verify(ctx, job->signature, job->signature_len, job->data, job->len) : -1;

	if (verdict < 0)
		return SC_ERROR_OUT_OF_MEMORY;
	return verdict == 1 ? SC_SUCCESS : SC_ERROR_UNKNOWN_DATA_RECEIVED;
}

/* Verifies the signature. Without the public key only the length is checked, to detect an incomplete answer: it must be
 * that of a key of this card. */
static int
verify_signature(struct session *session, const struct signature_job *job)
{
	EVP_PKEY_CTX *ctx;
	int r;

	if (job->public == NULL)
		return sc_card_find_rsa_alg(session->card, (unsigned)job->signature_len * 8) != NULL ? SC_SUCCESS : SC_ERROR_UNKNOWN_DATA_RECEIVED;
	ERR_set_mark();
	ctx = crypto_operation(job->public);
	r = ctx == NULL ? SC_ERROR_OUT_OF_MEMORY : verify_with_key(ctx, job);
	EVP_PKEY_CTX_free(ctx);
	ERR_pop_to_mark();
	if (r < 0)
		sc_log(session->card->ctx, "signature verification failed");
	return r;
}

/* Signs without confirming the application first if the public key is known, because verifying the signature then shows
 * whether the right application is selected. Without the public key the application is confirmed first. */
static int
sign_at_once(struct session *session, struct signature_job *job)
{
	unsigned p2 = job->key->by_default ? KEY_DEFAULT : KEY_BY_SFI | job->key->file;
	int r = SC_SUCCESS;

	if (!application_is_selected(session, job->key->app) || !read_has_sfi(session) || job->public == NULL)
		r = application_ensure(session, job->key->app);
	if (r < 0 || (!read_has_sfi(session) && !job->key->by_default))
		return r < 0 ? r : SC_ERROR_NOT_SUPPORTED;
	apdu_forget_ef(session);
	r = send_sign_command(session, job, p2);
	return r == SC_SUCCESS ? verify_signature(session, job) : r;
}

/* Signs in the form that every program uses: the application is confirmed, SELECT the key, sign. A SELECT of the application would end the
 * verification of the PIN that opens a report. */
static int
sign_after_select(struct session *session, struct signature_job *job)
{
	int r = application_ensure(session, job->key->app);

	if (r == SC_SUCCESS && !job->key->by_default)
		r = apdu_select_ef(session, job->key->file);
	if (r == SC_SUCCESS)
		r = send_sign_command(session, job, job->key->by_default ? KEY_DEFAULT : KEY_CURRENT);
	return r == SC_SUCCESS ? verify_signature(session, job) : r;
}

static int
sign_with_pin(struct session *session, struct signature_job *job)
{
	enum pin_id pin = job->key->pin;
	int r;

	if (pin != PIN_NONE && !session_pin_state(session, pin)->verified)
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	r = sign_at_once(session, job);
	if (status_is_answer(r))
		r = sign_after_select(session, job);
	if (pin == PIN_NONE)
		return r;
	if (r == SC_SUCCESS)
		session_note_verified(session, pin);
	else if (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		session_note_lost(session, PIN_BIT(pin));
	return r;
}

/* Ignores it if the card does not provide the public key, because the card can sign anyway. A removed card or a reset is
 * an error, because another card may be in the reader. */
static int
load_optional_key(struct session *session, struct signature_job *job)
{
	int r = public_key_load(session, job->key, &job->public);

	return status_is_answer(r) ? SC_SUCCESS : r;
}

/* A public key that needs a PIN is not read for a single signature: without the key a signature needs one more exchange,
 * to confirm the application, but reading the key needs several. The key is read after this number of signatures. */
static unsigned
unchecked_max(const struct session *session)
{
	return read_answer_max(session) > SHORT_ANSWER_MAX ? UNCHECKED_MAX_EXTENDED : UNCHECKED_MAX;
}

static int
make_verified_signature(struct session *session, struct signature_job *job)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	if (public_key_at_hand(session, job->key))
		r = public_key_load(session, job->key, &job->public);
	else if (session->unchecked_signatures >= unchecked_max(session))
		r = load_optional_key(session, job);
	if (r == SC_SUCCESS)
		r = sign_with_pin(session, job);
	if (job->public == NULL)
		session->unchecked_signatures++;
	session_end(session);
	EVP_PKEY_free(job->public);
	return log_error(session->card->ctx, r, applications[job->key->app].label);
}

/* Copies the signature to OUT. Returns its number of bytes or SC_ERROR_BUFFER_TOO_SMALL. */
static int
copy_signature(const struct signature_job *job, uint8_t *out, size_t out_len)
{
	if (job->signature_len > out_len)
		return SC_ERROR_BUFFER_TOO_SMALL;
	memcpy(out, job->signature, job->signature_len);
	return (int)job->signature_len;
}

int
signature_make(struct session *session, const struct card_key *key, enum signature_method method, const uint8_t *data, size_t len,
		uint8_t *out, size_t out_len)
{
	struct signature_job job = {.key = key, .method = &methods[method], .data = data, .len = len};
	int r;

	if (len < job.method->min || len > job.method->max)
		return SC_ERROR_WRONG_LENGTH;
	r = make_verified_signature(session, &job);
	return r < 0 ? r : copy_signature(&job, out, out_len);
}

/* The DigestInfo of SHA-256 (RFC 8017, 9.2). The card signs a hash, never bytes that another party has chosen. */
static const uint8_t digest_info[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, SHA256_LEN};

int
signature_challenge(struct session *session, const struct card_key *key)
{
	uint8_t challenge[sizeof(digest_info) + SHA256_LEN];
	struct signature_job job = {.key = key, .method = &methods[SIGNATURE_PKCS1], .data = challenge, .len = sizeof(challenge)};

	if (!public_key_at_hand(session, key))
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	memcpy(challenge, digest_info, sizeof(digest_info));
	if (crypto_random(challenge + sizeof(digest_info), SHA256_LEN) < 0)
		return SC_ERROR_INTERNAL;
	return make_verified_signature(session, &job);
}

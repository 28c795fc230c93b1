/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "work.h"

#include <openssl/rand.h>

#include "token.h"

#define DOCUMENT_LEN  100
#define SESSION_SIGNS 16 /* signatures between two logins */

static CK_SESSION_HANDLE session;

static void
log_in(struct work *work, const char *pin)
{
	CK_RV rv = token_login(session, CKU_USER, pin);

	if (rv != CKR_OK)
		give_up("no login after %u signatures: 0x%lX", work->done, rv);
	work->logins++;
}

static void
start(struct work *work, const char *label, const char *pin)
{
	CK_SLOT_ID slot;
	CK_RV rv;

	token_start(0);
	rv = token_find(label, &slot);
	if (rv == CKR_OK)
		rv = p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session);
	if (rv != CKR_OK)
		give_up("no session of %s: 0x%lX", label, rv);
	log_in(work, pin);
}

/* Signs a new document. Returns CKR_OK or CKR_USER_NOT_LOGGED_IN. */
static CK_RV
sign(struct work *work, enum certificate certificate, unsigned char id, const char *pin)
{
	unsigned char document[DOCUMENT_LEN];
	struct value signature;
	CK_RV rv;

	if (RAND_bytes(document, sizeof(document)) != 1)
		give_up("no document");
	rv = token_sign(session, id, pin, document, sizeof(document), &signature);
	if (rv != CKR_OK && rv != CKR_USER_NOT_LOGGED_IN)
		give_up("signature %u by key %u: 0x%lX", work->done, id, rv);
	if (rv == CKR_OK && !holder_signed(work->holder, certificate, document, sizeof(document), signature.bytes, signature.len))
		give_up("signature %u by key %u is wrong", work->done, id);
	return rv;
}

static void
sign_auth_start(struct work *work)
{
	start(work, TOKEN_AUTH, work->holder->auth_pin);
}

/* After a lost verification, OpenSC repeats VERIFY with the PIN from its cache, if the key allows that. Otherwise it reports
 * the loss and is logged out. */
static void
sign_auth_once(struct work *work)
{
	CK_RV rv = CKR_OK;

	if (work->done % SESSION_SIGNS == SESSION_SIGNS - 1) {
		rv = p11->C_Logout(session);
		log_in(work, work->holder->auth_pin);
	}
	if (rv != CKR_OK)
		give_up("no logout after %u signatures: 0x%lX", work->done, rv);
	while (sign(work, CERTIFICATE_AUTH, ID_AUTH, NULL) != CKR_OK) {
		work->lost++;
		log_in(work, work->holder->auth_pin);
	}
}

static void
sign_sign_start(struct work *work)
{
	start(work, TOKEN_SIGN, work->holder->sign_pin);
}

/* This key needs its PIN for each signature. */
static void
sign_sign_once(struct work *work)
{
	work->logins++;
	while (sign(work, CERTIFICATE_SIGN, ID_SIGN, work->holder->sign_pin) != CKR_OK) {
		work->lost++;
		log_in(work, work->holder->sign_pin);
		work->logins++;
	}
}

static void
end(struct work *work)
{
	CK_RV rv = p11->C_Finalize(NULL);

	if (rv != CKR_OK)
		give_up("C_Finalize after %u signatures: 0x%lX", work->done, rv);
}

const struct work_kind work_sign_auth = {"sign-auth", sign_auth_start, sign_auth_once, end};
const struct work_kind work_sign_sign = {"sign-sign", sign_sign_start, sign_sign_once, end};

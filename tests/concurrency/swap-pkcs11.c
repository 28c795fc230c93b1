/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "swap.h"

#include <string.h>

#include "token.h"

static CK_SESSION_HANDLE auth_session, text_session;

static void
start(void)
{
	token_start(0);
}

static void
end(void)
{
	if (p11->C_Finalize(NULL) != CKR_OK)
		give_up("C_Finalize fails");
}

static struct look
list(void)
{
	CK_ULONG count = 0;

	return (struct look){.error = p11->C_GetSlotList(CK_FALSE, NULL, &count)};
}

static CK_RV
open_session(const char *label, CK_SLOT_ID *slot, CK_SESSION_HANDLE *session)
{
	CK_RV rv = token_find(label, slot);

	*session = CK_INVALID_HANDLE;
	return rv != CKR_OK ? rv : p11->C_OpenSession(*slot, CKF_SERIAL_SESSION, NULL, NULL, session);
}

/* At every fourth change of cards, OpenSC 0.27 first reports that there is no card, and finds it when it is asked again
 * (slot.c, retry). */
static struct look
find(char serial[WORD_MAX])
{
	CK_SLOT_ID slot;
	CK_RV rv;

	p11->C_CloseSession(auth_session);
	p11->C_CloseSession(text_session);
	rv = open_session(TOKEN_TEXT, &slot, &text_session);
	if (rv == CKR_TOKEN_NOT_PRESENT)
		rv = open_session(TOKEN_TEXT, &slot, &text_session);
	if (rv == CKR_OK)
		rv = open_session(TOKEN_AUTH, &slot, &auth_session);
	if (rv == CKR_OK)
		rv = token_serial(slot, serial);
	return (struct look){.error = rv};
}

static struct look
certificate(const struct holder *holder)
{
	const unsigned char id = ID_AUTH;
	struct look look;

	(void)holder;
	look.error = token_read(auth_session, CKO_CERTIFICATE, CKA_ID, &id, sizeof(id), &look.read);
	return look;
}

static struct look
read_data(CK_SESSION_HANDLE session, const char *label)
{
	struct look look;

	look.error = token_read(session, CKO_DATA, CKA_LABEL, label, strlen(label), &look.read);
	return look;
}

static struct look
number(const struct holder *holder)
{
	(void)holder;
	return read_data(auth_session, "Card number");
}

static CK_RV
log_in(CK_SESSION_HANDLE session, const char *pin)
{
	CK_RV rv = token_login(session, CKU_USER, pin);

	return rv == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : rv;
}

static struct look
login(const struct holder *holder)
{
	return (struct look){.error = log_in(auth_session, holder->auth_pin)};
}

static struct look
name_of_holder(const struct holder *holder)
{
	CK_RV rv = log_in(text_session, holder->text_pin);

	return rv == CKR_OK ? read_data(text_session, "Name") : (struct look){.error = rv};
}

static struct look
sign(const struct holder *holder)
{
	struct look look;

	(void)holder;
	look.error = token_sign(auth_session, ID_AUTH, NULL, DOCUMENT, strlen(DOCUMENT), &look.read);
	return look;
}

const struct swap_library swap_pkcs11 = {"pkcs11", start, list, find, certificate, number, login, name_of_holder, sign, end};

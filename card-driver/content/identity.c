/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "identity.h"

#include <ctype.h>
#include <string.h>

#include "card-driver/base/log-error.h"
#include "card-driver/base/tell.h"
#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/session/status.h"
#include "card-driver/trust/crypto.h"

/* Record 1 of EF 0001: simple TLV 01 1C { serial 15, municipality 5, expiry 8 }, all ASCII digits (myna-card). */
#define CARD_NUMBER_RECORD 1
#define TAG_CARD_NUMBER	   0x01
#define SERIAL_LEN	   15
#define MUNICIPALITY_LEN   5
#define EXPIRY_LEN	   8
#define CARD_NUMBER_LEN	   (SERIAL_LEN + MUNICIPALITY_LEN + EXPIRY_LEN)
#define HASH_DIGITS	   16

/* The first characters of the labels in the token information, EF 0006 of JPKI, on Android, iPhone and cards
 * (docs/card.md 2.9). */
static const struct token_label {
	const char *text;
	bool phone;
} token_labels[] = {
		{"JPKIAPGPSETOKEN", true},
		{"JPKIAPIOSTOKEN", true},
		{"JPKIAPICCTOKEN", false},
};
#define TOKEN_LABEL_LEN 15 /* the longest */

static const struct token_label *
find_label(const struct loaded_file *info)
{
	size_t i;

	for (i = 0; i < sizeof(token_labels) / sizeof(token_labels[0]); i++)
		if (info->content.len >= strlen(token_labels[i].text) && memcmp(info->content.data, token_labels[i].text, strlen(token_labels[i].text)) == 0)
			return &token_labels[i];
	return NULL;
}

/* Phones with other labels are to be expected. They can be recognized because phones require a PIN for the
 * authentication certificate and cards do not (2.8). */
static bool
certificate_is_closed(struct session *session)
{
	const struct loaded_file *loaded = NULL;

	return load_file(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), 1, &loaded) == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
}

bool
identity_is_phone(struct session *session)
{
	const struct card_file *file = card_file_find(APP_JPKI, EF_TOKEN_INFO);
	const struct token_label *label = NULL;
	const struct loaded_file *info = NULL;
	int r = load_file(session, file, TOKEN_LABEL_LEN, &info);

	if (r == SC_SUCCESS)
		label = find_label(info);
	else if (r != SC_ERROR_FILE_NOT_FOUND)
		return false;
	return label != NULL ? label->phone : certificate_is_closed(session);
}

static bool
all_digits(const uint8_t *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isdigit(text[i]))
			return false;
	return true;
}

static void
copy_digits(char *out, const uint8_t **digits, size_t len)
{
	memcpy(out, *digits, len);
	out[len] = '\0';
	*digits += len;
}

static int
read_card_number(struct session *session, struct identity *identity)
{
	const struct card_file *file = card_file_find(APP_COMMON, EF_CARD_NUMBER);
	uint8_t record[SHORT_ANSWER_MAX];
	const uint8_t *digits;
	struct tlv tlv;
	int r = load_card_record(session, file, CARD_NUMBER_RECORD, record, sizeof(record));

	if (r < 0)
		return r;
	if (simple_tlv_read(record, (size_t)r, &tlv) < 0 || tlv.tag != TAG_CARD_NUMBER || tlv.len < CARD_NUMBER_LEN ||
			!all_digits(tlv.value, CARD_NUMBER_LEN))
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	digits = tlv.value;
	copy_digits(identity->serial, &digits, SERIAL_LEN);
	copy_digits(identity->municipality, &digits, MUNICIPALITY_LEN);
	copy_digits(identity->expiry, &digits, EXPIRY_LEN);
	identity->has_record = true;
	return SC_SUCCESS;
}

static int
hash_file(struct session *session, EVP_MD_CTX *hash, uint16_t id)
{
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, card_file_find(APP_JPKI, id), FILE_WHOLE, &loaded);

	if (r == SC_SUCCESS && EVP_DigestUpdate(hash, loaded->content.data, loaded->content.len) != 1)
		r = SC_ERROR_INTERNAL;
	return r;
}

/* Adds the authentication certificate to the hash, because the token information is the same on many cards and only the
 * certificate makes the hash unique. Phones provide the certificate only after a PIN; therefore their serial number is
 * SHARED with other phones, before and after the PIN. */
static int
hash_certificate(struct session *session, EVP_MD_CTX *hash, bool *shared)
{
	int r;

	*shared = session_openers(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE)) != FREE;
	if (*shared)
		return SC_SUCCESS;
	r = hash_file(session, hash, EF_AUTH_CERTIFICATE);
	*shared = r == SC_ERROR_FILE_NOT_FOUND;
	return *shared ? SC_SUCCESS : r;
}

/* A token that refuses to provide its token information gets no serial number, because the number would be the same for
 * all such tokens. A token that has no token information is identified by its certificate. */
static int
hash_token(struct session *session, struct identity *identity)
{
	uint8_t digest[SHA256_LEN];
	EVP_MD_CTX *hash = crypto_hash_start();
	int r = SC_ERROR_OUT_OF_MEMORY;

	if (hash == NULL)
		goto out;
	r = hash_file(session, hash, EF_TOKEN_INFO);
	if (r == SC_SUCCESS || r == SC_ERROR_FILE_NOT_FOUND)
		r = hash_certificate(session, hash, &identity->shared);
	if (r == SC_SUCCESS && EVP_DigestFinal_ex(hash, digest, NULL) != 1)
		r = SC_ERROR_INTERNAL;
	if (r == SC_SUCCESS)
		r = sc_bin_to_hex(digest, HASH_DIGITS / 2, identity->serial, sizeof(identity->serial), 0);
out:
	EVP_MD_CTX_free(hash);
	return r;
}

/* Compares the card with the one at the start of the connection. OpenSC treats a reader that was plugged in again like a
 * card that was reset: it continues with the PINs and objects of the previous card, although another card may be in the
 * reader. */
static int
check_same_card(struct session *session, const struct identity *identity)
{
	bool first = session->who.first_serial[0] == '\0';

	if (first)
		memcpy(session->who.first_serial, identity->serial, sizeof(session->who.first_serial));
	if (strcmp(session->who.first_serial, identity->serial) == 0 && (first || !identity->shared))
		return SC_SUCCESS;
	tell_user(session->card->ctx, "The card %s replaced. Restart the program.", identity->shared ? "may have been" : "has been");
	return SC_ERROR_CARD_REMOVED;
}

int
identity_confirm(struct session *session)
{
	int r;

	if (session->who.first_serial[0] == '\0' || session->who.being_confirmed)
		return SC_SUCCESS;
	session->who.being_confirmed = true;
	r = identity_load(session);
	session->who.being_confirmed = false;
	return r;
}

const struct identity *
identity_of(const struct session *session)
{
	return &session->who.identity;
}

int
identity_load(struct session *session)
{
	struct identity identity = {.known = true};
	int r;

	if (session->who.identity.known)
		return SC_SUCCESS;
	r = session_begin(session);
	if (r < 0)
		return r;
	r = session->card->type == CARD_TYPE_PHONE ? SC_ERROR_FILE_NOT_FOUND : read_card_number(session, &identity);
	if (r == SC_ERROR_FILE_NOT_FOUND && identity_is_phone(session))
		session->card->type = CARD_TYPE_PHONE;
	/* If the card did not answer, it may have a number, so no other serial number is derived. */
	if (status_is_answer(r))
		r = hash_token(session, &identity);
	session_end(session);
	if (r == SC_SUCCESS)
		r = check_same_card(session, &identity);
	if (r == SC_SUCCESS)
		session->who.identity = identity;
	return log_error(session->card->ctx, r, "serial number of the card");
}

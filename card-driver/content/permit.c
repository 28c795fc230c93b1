/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "authentic.h"

#include "signature.h"
#include "card-driver/session/status.h"
#include "card-driver/base/tell.h"

static const struct finding present = {FINDING_OK, "the card holds the key of this record"};
static const struct finding not_present = {FINDING_FAIL, "the card does not hold the key of this record: it is a copy"};
static const struct finding not_shown = {FINDING_FAIL, "the card does not show that it holds the key of this record"};

/* Treats a card that refuses to sign like one whose signature is wrong, whatever the status word, because the key needs
 * no PIN. The exception is that a PIN is no longer verified, and the record was cleared because of that. */
static int
challenge_card_key(struct session *session, const struct card_key *key, struct finding *finding)
{
	int r = signature_challenge(session, key);
	const struct loaded_file *loaded = session_loaded(session, card_file_find(key->app, key->public_key));

	if (r == SC_SUCCESS)
		*finding = present;
	else if (r == SC_ERROR_UNKNOWN_DATA_RECEIVED)
		*finding = not_present;
	else if (status_is_refusal(r) || (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED && loaded != NULL && loaded->whole))
		*finding = not_shown;
	else
		return r;
	if (finding->kind == FINDING_FAIL)
		tell_user(session->card->ctx, "%s: %s", applications[key->app].label, finding->text);
	return SC_SUCCESS;
}

/* Checks that the card that holds the key is the one that the record names. The card is challenged once as long as the
 * record stays in memory. */
int
authentic_presence(struct session *session, const struct card_key *key, struct finding *finding)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	struct loaded_file *loaded;
	int r = authentic_report(session, file, finding);

	if (r < 0 || finding->kind == FINDING_FAIL)
		return r;
	*finding = session_loaded(session, file)->presence;
	if (finding->text != NULL)
		return SC_SUCCESS;
	r = challenge_card_key(session, key, finding);
	loaded = session_loaded(session, file);
	if (r == SC_SUCCESS && loaded != NULL && loaded->whole)
		loaded->presence = *finding;
	return r;
}

/* The records of the surface application contain the card's key: a genuine record of another card fails this check. */
static int
verify_record_and_presence(struct session *session, const struct card_file *file, struct finding *finding)
{
	struct card_key key = *card_key_find(KEY_SURFACE);
	struct finding presence = {0};
	int r = authentic_check(session, file, finding);

	if (r < 0 || finding->kind == FINDING_FAIL || authentic_card_key(file) == 0)
		return r;
	key.public_key = file->id;
	key.public_tag = authentic_card_key(file);
	r = authentic_presence(session, &key, &presence);
	if (r == SC_SUCCESS && presence.kind != FINDING_OK)
		*finding = presence;
	return r;
}

/* Warns the user that values are served without verification, once per connection for each application. */
static void
tell_unverified(struct session *session, enum app_id app, const struct finding *finding)
{
	struct signer *signer = &session->signers[app];

	if (!signer->told)
		tell_user(session->card->ctx, "%s: %s; its values are given unchecked", applications[app].label, finding->text);
	signer->told = true;
}

int
authentic_permit_finding(struct session *session, const struct card_file *file, const struct finding *finding)
{
	if (finding->kind == FINDING_FAIL)
		return SC_ERROR_CORRUPTED_DATA;
	if (finding->kind == FINDING_UNKNOWN && session->settings.verify_records == VERIFY_STRICT) {
		tell_user(session->card->ctx, "%s: %s", file->name, finding->text);
		return SC_ERROR_NOT_ALLOWED;
	}
	if (finding->kind == FINDING_UNKNOWN)
		tell_unverified(session, file->app, finding);
	return SC_SUCCESS;
}

int
authentic_permit(struct session *session, const struct card_file *file)
{
	struct finding finding = {0};
	int r;

	if (session->settings.verify_records == VERIFY_NO)
		return SC_SUCCESS;
	r = verify_record_and_presence(session, file, &finding);
	return r < 0 ? r : authentic_permit_finding(session, file, &finding);
}

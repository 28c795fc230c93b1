/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-check.h"

#include <string.h>
#include <time.h>

#include "card-driver/base/log-error.h"
#include "card-driver/base/tell.h"
#include "card-driver/card/licence-date.h"
#include "card-driver/card/licence-record.h"
#include "card-driver/session/load.h"
#include "card-driver/session/status.h"
#include "card-driver/trust/licence-keys.h"
#include "authentic.h"

#define TAG_EXPIRY    0xC5
#define TAG_SIGNATURE 0x0108

/* Licences expire at midnight in Japan. */
#define JAPAN_AHEAD_OF_UTC (9 * 60 * 60)

static const struct finding signed_record = {FINDING_OK, "signed by a key of trusted_licence_keys, without the padding of the file"};
static const struct finding signed_with_padding = {FINDING_OK, "signed by a key of trusted_licence_keys, with the padding of the file"};
static const struct finding forged = {FINDING_FAIL, "the record is not signed by the key that its signature names"};
static const struct finding no_keys = {FINDING_UNKNOWN, "not verified: trusted_licence_keys names no key, and the signers' keys are not public"};
static const struct finding unknown_key = {FINDING_UNKNOWN, "not verified: the signer's key is not in trusted_licence_keys"};
static const struct finding no_signature = {FINDING_FAIL, "the card does not give the signature of the record, which every licence has"};
static const struct finding bad_signature = {FINDING_FAIL, "the signature of the record is malformed"};
static const struct finding unverified_signature = {FINDING_UNKNOWN, "it has the usual form, which proves nothing"};
static const struct finding cut_record = {FINDING_FAIL, "the record is malformed, or its end is missing"};
static const struct finding not_expired = {FINDING_OK, "not expired, by the clock of this computer"};
static const struct finding expired = {FINDING_FAIL, "expired, by the clock of this computer"};
static const struct finding no_expiry = {FINDING_UNKNOWN, "the record states no expiry date that can be decoded"};
static const struct finding no_holder = {FINDING_UNKNOWN,
		"the record names neither a person nor this card: only its photo shows the holder, and no signature ties it to the card that gave it (Input Support authenticity tells whether that card is genuine)"};

static const struct card_file *
licence_file(uint16_t id)
{
	return card_file_find(APP_LICENCE, id);
}

/* Finds the parts of the signature record. Returns false if it is malformed: the keys have 2048 bits (docs/card.md 11.20), so a
 * shorter value is no signature. */
static bool
parse_signature(const struct loaded_file *loaded, struct licence_signature *signature)
{
	const uint8_t *data = loaded->content.data;
	size_t len = loaded->content.len;
	struct licence_object value, key_id;

	if (licence_object_find(data, len, TAG_SIGNATURE, &value) != LICENCE_FOUND || licence_object_find(data, len, LICENCE_TAG_KEY_ID, &key_id) != LICENCE_FOUND ||
			value.len != KEY_MODULUS_LEN || key_id.len != LICENCE_KEY_ID_LEN)
		return false;
	*signature = (struct licence_signature){data + value.value, value.len, data + key_id.value};
	return true;
}

static int
verify_signature(const struct key_list *keys, const struct loaded_file *record, const struct loaded_file *signature_record, struct finding *finding)
{
	static const struct finding *const findings[] = {[LICENCE_NO_KEYS] = &no_keys, [LICENCE_UNKNOWN_KEY] = &unknown_key, [LICENCE_SIGNED] = &signed_record, [LICENCE_SIGNED_PADDING] = &signed_with_padding, [LICENCE_FORGED] = &forged};
	struct licence_signature signature;
	enum licence_trust trust;
	int r;

	*finding = bad_signature;
	if (!parse_signature(signature_record, &signature))
		return SC_SUCCESS;
	r = licence_keys_check(keys, &signature, record->content.data, record->content.len, record->file->size, &trust);
	if (r == SC_SUCCESS)
		*finding = *findings[trust];
	return r;
}

/* Reads both records before it verifies anything, because an exchange may detect that the PIN is no longer verified and
 * clear what was read. */
static int
load_and_verify(struct session *session, const struct key_list *keys, struct finding *finding)
{
	const struct loaded_file *record = NULL, *signature = NULL;
	int r = load_file(session, licence_file(EF_LICENCE_SIGNATURE), FILE_WHOLE, &signature);

	if (status_is_refusal(r)) {
		*finding = no_signature;
		return SC_SUCCESS;
	}
	if (r == SC_SUCCESS)
		r = load_file(session, licence_file(EF_LICENCE), FILE_WHOLE, &record);
	return r == SC_SUCCESS ? verify_signature(keys, record, signature, finding) : r;
}

/* Sets *FINDING to the result of the check, which is made once as long as the record stays in memory. Without keys the
 * signature is not read, because it would change nothing. */
static int
check_record(struct session *session, struct finding *finding)
{
	const struct card_file *file = licence_file(EF_LICENCE);
	const struct loaded_file *loaded = NULL;
	const struct key_list *keys = NULL;
	int r = load_file(session, file, FILE_WHOLE, &loaded);

	if (r < 0)
		return r;
	*finding = loaded->finding;
	if (finding->text != NULL)
		return SC_SUCCESS;
	r = licence_keys_load(session->card->ctx, &session->settings, &keys);
	*finding = no_keys;
	if (r == SC_SUCCESS && keys->count > 0)
		r = load_and_verify(session, keys, finding);
	if (r < 0)
		return r;
	if (finding->kind == FINDING_FAIL)
		tell_user(session->card->ctx, "%s: %s", file->name, finding->text);
	session_loaded(session, file)->finding = *finding;
	return SC_SUCCESS;
}

int
licence_permit(struct session *session)
{
	struct finding finding = {0};
	int r;

	if (session->settings.verify_records == VERIFY_NO)
		return SC_SUCCESS;
	r = check_record(session, &finding);
	return r < 0 ? r : authentic_permit_finding(session, licence_file(EF_LICENCE), &finding);
}

/* Without keys, check_record() does not look at the signature. The report does: a card without it is no genuine one. */
static int
report_signature_form(struct session *session, FILE *out)
{
	const struct loaded_file *loaded = NULL;
	struct licence_signature signature;
	int r = load_file(session, licence_file(EF_LICENCE_SIGNATURE), FILE_WHOLE, &loaded);
	const struct finding *finding = &no_signature;

	if (r < 0 && !status_is_refusal(r))
		return r;
	if (r == SC_SUCCESS)
		finding = parse_signature(loaded, &signature) ? &unverified_signature : &bad_signature;
	finding_write(out, "signature of the licence record (電子署名)", finding);
	return SC_SUCCESS;
}

static bool
is_past(const char date[LICENCE_DATE_MAX])
{
	char today[LICENCE_DATE_MAX] = "";
	time_t now = time(NULL) + JAPAN_AHEAD_OF_UTC;
	struct tm parts;

	if (gmtime_r(&now, &parts) == NULL || strftime(today, sizeof(today), "%Y%m%d", &parts) == 0)
		return true;
	return strcmp(date, today) < 0;
}

static const struct finding *
judge_expiry(const struct loaded_file *record)
{
	const uint8_t *data = record->content.data;
	struct licence_object object;
	char date[LICENCE_DATE_MAX];

	if (licence_object_find(data, record->content.len, TAG_EXPIRY, &object) != LICENCE_FOUND ||
			licence_date_convert(data + object.value, object.len, date) != LICENCE_DATE)
		return &no_expiry;
	return is_past(date) ? &expired : &not_expired;
}

static int
report_record(struct session *session, FILE *out)
{
	const struct loaded_file *record = NULL;
	struct licence_object photo;
	int r = load_file(session, licence_file(EF_LICENCE), FILE_WHOLE, &record);

	if (r < 0)
		return r;
	if (licence_object_find(record->content.data, record->content.len, LICENCE_TAG_PHOTO, &photo) != LICENCE_FOUND)
		finding_write(out, "form of the licence record", &cut_record);
	finding_write(out, "expiry date of the licence (有効期間の末日)", judge_expiry(record));
	finding_write(out, "holder of the licence", &no_holder);
	return SC_SUCCESS;
}

int
licence_report(struct session *session, FILE *out)
{
	struct finding finding = {0};
	int r = check_record(session, &finding);

	if (r == SC_SUCCESS)
		finding_write(out, "licence record (免許情報)", &finding);
	if (r == SC_SUCCESS && finding.text == no_keys.text)
		r = report_signature_form(session, out);
	if (r == SC_SUCCESS)
		r = report_record(session, out);
	return log_error(session->card->ctx, r, applications[APP_LICENCE].label);
}

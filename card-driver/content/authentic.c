/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "authentic.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/base/log-error.h"
#include "card-driver/base/tell.h"
#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/session/status.h"
#include "card-driver/trust/crypto.h"
#include "card-driver/trust/cv-certificate.h"
#include "card-driver/trust/cv-keys.h"
#include "card-driver/trust/rsa-key.h"

/* Objects of the integrity record, EF 0003 of the text application. */
#define TAG_NUMBER_HASH 0xDF31
#define TAG_FOUR_HASH	0xDF32
#define TAG_OFFSETS	0xDF21
#define TAG_FOUR_FIRST	0xDF22
#define TAG_FOUR_LAST	0xDF25

static const struct finding good = {FINDING_OK, "signed by the municipality"};
static const struct finding good_four_data = {FINDING_OK, "signed by the municipality, except for further objects in the record"};
static const struct finding no_certificate = {FINDING_FAIL, "the card does not give the signer's certificate"};
static const struct finding bad_certificate = {FINDING_FAIL, "the signer's certificate is malformed"};
static const struct finding foreign_certificate = {FINDING_FAIL, "the signer's certificate is of another application"};
static const struct finding forged_certificate = {FINDING_FAIL, "the signer's certificate is not signed by the CA that it names"};
static const struct finding unknown_ca = {FINDING_UNKNOWN, "the signer's CA is not trusted: its key id is unknown"};
static const struct finding malformed = {FINDING_FAIL, "the record is malformed"};
static const struct finding not_given = {FINDING_FAIL, "the card does not give this record, which every card has"};
static const struct finding no_integrity = {FINDING_FAIL, "the card does not give the integrity record, which signs this one"};
static const struct finding not_signed = {FINDING_FAIL, "the record is not signed by the municipality"};
static const struct finding wrong_hash = {FINDING_FAIL, "the record does not match the hash in the integrity record"};
static const struct finding unchecked = {FINDING_UNKNOWN, NULL}; /* the check ran out of memory: nothing is reported */

/* The ways to protect a record. SIGNED: the object with the given tag is a signature over all objects before it; the
 * first of these states the kind of record, because one key signs all kinds. HASHED: the object with the given tag in
 * the integrity record is the SHA-256 hash of the record. FACE: one signature covers the hashes of three groups of
 * objects. */
enum protection {
	SIGNED,
	HASHED_FILE,
	HASHED_OBJECTS,
	FACE
};

struct protected_record {
	enum app_id app;
	uint16_t file;
	enum protection protection;
	unsigned tag;
	unsigned first;
	unsigned card_key; /* tag of the card's public key, whose card must be present before a value of this record is served; 0: the record contains no key */
};

static const struct protected_record records[] = {
		{APP_TEXT, EF_NUMBER, HASHED_FILE, TAG_NUMBER_HASH, 0, 0},
		{APP_TEXT, EF_FOUR_DATA, HASHED_OBJECTS, TAG_FOUR_HASH, 0, 0},
		{APP_TEXT, EF_INTEGRITY, SIGNED, 0xDF33, TAG_NUMBER_HASH, 0},
		{APP_TEXT, EF_TEXT_KEY, SIGNED, 0xDF52, 0xDF51, 0},
		{APP_SURFACE, EF_AGE, SIGNED, 0xDF13, 0xDF11, 0xDF12},
		{APP_SURFACE, EF_FACE, FACE, 0xDF28, 0, 0xDF24},
		{APP_SURFACE, EF_NUMBER_IMAGE, SIGNED, 0xDF43, 0xDF41, 0xDF42},
};

/* The purposes in the issuers' key ids. They state which application's records a CA is for. */
static const char *const purposes[APP_COUNT] = {[APP_TEXT] = "033", [APP_SURFACE] = "023"};

static struct finding
verify_signer_certificate(struct session *session, enum app_id app, const struct cv_certificate *certificate)
{
	static const struct finding *const findings[] = {[CV_UNKNOWN] = &unknown_ca, [CV_TRUSTED] = &good, [CV_FORGED] = &forged_certificate};
	enum cv_trust trust;

	if (certificate->issuer == NULL || memcmp(certificate->issuer + CV_KEY_ID_PURPOSE, purposes[app], CV_PURPOSE_LEN) != 0)
		return foreign_certificate;
	if (cv_keys_check(session->card->ctx, &session->settings, certificate, &trust) < 0)
		return unchecked;
	return *findings[trust];
}

/* Treats a missing certificate like a wrong one, because every card has such a certificate. It is read again next time,
 * because a reader or another program may be the cause. */
static int
note_missing_certificate(struct signer *signer, int r)
{
	if (!status_is_refusal(r))
		return r;
	signer->finding = r == SC_ERROR_UNKNOWN_DATA_RECEIVED ? bad_certificate : no_certificate;
	return SC_SUCCESS;
}

int
authentic_signer(struct session *session, enum app_id app, const struct signer **out)
{
	struct signer *signer = &session->signers[app];
	const struct loaded_file *loaded = NULL;
	struct cv_certificate certificate = {0};
	int r;

	*out = signer;
	if (signer->read)
		return SC_SUCCESS;
	r = load_file(session, card_file_find(app, EF_CV_CERTIFICATE), FILE_WHOLE, &loaded);
	if (r == SC_SUCCESS)
		r = cv_certificate_parse(loaded->content.data, loaded->content.len, &certificate);
	if (r < 0)
		return note_missing_certificate(signer, r);
	signer->finding = verify_signer_certificate(session, app, &certificate);
	if (signer->finding.text == NULL)
		EVP_PKEY_free(certificate.key);
	else
		signer->key = certificate.key;
	signer->read = signer->finding.text != NULL;
	return signer->finding.text == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

/* Verifies the signature with the signer's key. If it is valid, the result is the finding about the signer. */
static struct finding
verify_record_signature(const struct signer *signer, const uint8_t *data, size_t len, const struct tlv *signature)
{
	int good_signature;

	if (signer->finding.kind == FINDING_FAIL || signer->key == NULL)
		return signer->finding;
	good_signature = rsa_key_signed(signer->key, data, len, signature->value, signature->len);
	if (good_signature < 0)
		return unchecked;
	return good_signature ? signer->finding : not_signed;
}

static struct finding
verify_signed_record(const struct signer *signer, const struct tlv *outer, const struct protected_record *record)
{
	struct tlv first, signature;

	if (ber_read(outer->value, outer->len, &first) < 0 || first.tag != record->first ||
			ber_find(outer->value, outer->len, record->tag, &signature) < 0)
		return malformed;
	return verify_record_signature(signer, outer->value, (size_t)(signature.start - outer->value), &signature);
}

/* Computes SHA-256 over the objects with the tags FIRST to LAST. */
static int
hash_objects(const struct tlv *outer, unsigned first, unsigned last, uint8_t out[SHA256_LEN])
{
	EVP_MD_CTX *hash = crypto_hash_start();
	struct tlv object;
	unsigned tag;
	int r = hash != NULL ? SC_SUCCESS : SC_ERROR_OUT_OF_MEMORY;

	for (tag = first; tag <= last && r == SC_SUCCESS; tag++) {
		if (ber_find(outer->value, outer->len, tag, &object) < 0)
			r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
		else if (EVP_DigestUpdate(hash, object.start, object.header + object.len) != 1)
			r = SC_ERROR_OUT_OF_MEMORY;
	}
	if (r == SC_SUCCESS && EVP_DigestFinal_ex(hash, out, NULL) != 1)
		r = SC_ERROR_OUT_OF_MEMORY;
	EVP_MD_CTX_free(hash);
	return r;
}

/* The signature is over SHA-256(H1 H2 H3): H1 is the hash of birth date, sex and card key, H2 that of the images of name
 * and address, and H3 that of the photo (myna-card, verified). The expiry date and the security code are not signed. */
static struct finding
verify_face_record(const struct signer *signer, const struct tlv *outer, unsigned tag)
{
	static const unsigned groups[][2] = {{0xDF22, 0xDF24}, {0xDF25, 0xDF26}, {0xDF27, 0xDF27}};
	uint8_t hashes[3 * SHA256_LEN];
	struct tlv signature;
	size_t i;
	int r = ber_find(outer->value, outer->len, tag, &signature) < 0 ? SC_ERROR_UNKNOWN_DATA_RECEIVED : SC_SUCCESS;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]) && r == SC_SUCCESS; i++)
		r = hash_objects(outer, groups[i][0], groups[i][1], hashes + i * SHA256_LEN);
	if (r < 0)
		return r == SC_ERROR_OUT_OF_MEMORY ? unchecked : malformed;
	return verify_record_signature(signer, hashes, sizeof(hashes), &signature);
}

/* Compares a hash with the integrity record of the text application. That record contains the hash of EF 0001 (all bytes
 * of the file, including padding) and the hash of the objects of EF 0002 after its offset table. */
static struct finding
compare_record_hash(const struct loaded_file *integrity, const uint8_t hash[SHA256_LEN], unsigned tag)
{
	struct tlv outer, expected;

	if (integrity->finding.kind == FINDING_FAIL)
		return integrity->finding;
	if (ber_read(integrity->content.data, integrity->content.len, &outer) < 0 || ber_find(outer.value, outer.len, tag, &expected) < 0)
		return malformed;
	if (expected.len != SHA256_LEN || memcmp(expected.value, hash, SHA256_LEN) != 0)
		return wrong_hash;
	return integrity->finding;
}

static struct finding
verify_hashed_data(const struct loaded_file *integrity, const uint8_t *data, size_t len, unsigned tag)
{
	uint8_t hash[SHA256_LEN];

	return crypto_hash(data, len, hash) < 0 ? unchecked : compare_record_hash(integrity, hash, tag);
}

/* The record may contain objects that are not known yet (furigana, from 2026 on) and not covered by the hash. In that
 * case the hash is computed over the four known objects only. They are the first objects with their tags, and the same
 * ones that are decoded. */
static struct finding
verify_four_data(const struct loaded_file *integrity, const struct tlv *outer, unsigned tag)
{
	uint8_t hash[SHA256_LEN];
	struct finding finding;
	int r = hash_objects(outer, TAG_FOUR_FIRST, TAG_FOUR_LAST, hash);

	if (r < 0)
		return r == SC_ERROR_OUT_OF_MEMORY ? unchecked : wrong_hash;
	finding = compare_record_hash(integrity, hash, tag);
	return finding.kind == FINDING_OK ? good_four_data : finding;
}

static struct finding
verify_hashed_objects(const struct loaded_file *integrity, const struct tlv *outer, unsigned tag)
{
	struct finding finding;
	struct tlv offsets;
	size_t skip;

	if (ber_read(outer->value, outer->len, &offsets) < 0 || offsets.tag != TAG_OFFSETS)
		return malformed;
	skip = offsets.header + offsets.len;
	finding = verify_hashed_data(integrity, outer->value + skip, outer->len - skip, tag);
	return finding.text == wrong_hash.text ? verify_four_data(integrity, outer, tag) : finding;
}

static const struct protected_record *
find_protected_record(const struct card_file *file)
{
	size_t i;

	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (records[i].app == file->app && records[i].file == file->id)
			return &records[i];
	return NULL;
}

static bool
is_hashed_record(const struct protected_record *record)
{
	return record->protection == HASHED_FILE || record->protection == HASHED_OBJECTS;
}

/* Verifies a record that is in memory, without an exchange. INTEGRITY is NULL if the record is itself signed or if the
 * card does not provide the integrity record. */
static struct finding
verify_record(const struct protected_record *record, const struct signer *signer, const struct loaded_file *integrity, const struct loaded_file *loaded)
{
	struct tlv outer;

	if (ber_read(loaded->content.data, loaded->content.len, &outer) < 0)
		return malformed;
	if (record->protection == SIGNED)
		return verify_signed_record(signer, &outer, record);
	if (record->protection == FACE)
		return verify_face_record(signer, &outer, record->tag);
	if (integrity == NULL)
		return no_integrity;
	if (record->protection == HASHED_FILE)
		return verify_hashed_data(integrity, loaded->content.data, loaded->content.len, record->tag);
	return verify_hashed_objects(integrity, &outer, record->tag);
}

/* Loads and checks the integrity record if RECORD is one that it protects. *INTEGRITY stays NULL if the card does not
 * provide the integrity record. */
static int
load_integrity_record(struct session *session, const struct protected_record *record, const struct loaded_file **integrity) /* NOLINT(misc-no-recursion) */
{
	const struct card_file *file = card_file_find(APP_TEXT, EF_INTEGRITY);
	struct finding finding;
	int r;

	*integrity = NULL;
	if (!is_hashed_record(record))
		return SC_SUCCESS;
	r = authentic_check(session, file, &finding);
	if (r == SC_SUCCESS)
		*integrity = session_loaded(session, file);
	return status_is_refusal(r) ? SC_SUCCESS : r;
}

/* Reads everything before it verifies anything, because an exchange may detect that the PIN is no longer verified and
 * clear what was read. The recursion ends at the integrity record, which is itself signed and not hashed. */
static int
load_and_verify_record(struct session *session, const struct card_file *file, const struct protected_record *record) /* NOLINT(misc-no-recursion) */
{
	const struct loaded_file *loaded = NULL, *integrity = NULL;
	const struct signer *signer = NULL;
	struct finding finding;
	int r = authentic_signer(session, file->app, &signer);

	if (r == SC_SUCCESS)
		r = load_integrity_record(session, record, &integrity);
	if (r == SC_SUCCESS)
		r = load_file(session, file, FILE_WHOLE, &loaded);
	if (r != SC_SUCCESS)
		return r;
	finding = verify_record(record, signer, integrity, loaded);
	if (finding.text == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (finding.kind == FINDING_FAIL)
		tell_user(session->card->ctx, "%s: %s", file->name, finding.text);
	session_loaded(session, file)->finding = finding;
	return SC_SUCCESS;
}

int
authentic_check(struct session *session, const struct card_file *file, struct finding *finding) /* NOLINT(misc-no-recursion) */
{
	const struct protected_record *record = find_protected_record(file);
	const struct loaded_file *loaded = NULL;
	int r;

	if (record == NULL)
		return SC_ERROR_NOT_SUPPORTED;
	r = session_begin(session);
	if (r < 0)
		return r;
	r = load_file(session, file, FILE_WHOLE, &loaded);
	if (r == SC_SUCCESS && loaded->finding.text == NULL)
		r = load_and_verify_record(session, file, record);
	if (r == SC_SUCCESS)
		*finding = session_loaded(session, file)->finding;
	session_end(session);
	return log_error(session->card->ctx, r, file->name);
}

int
authentic_report(struct session *session, const struct card_file *file, struct finding *finding)
{
	int r = authentic_check(session, file, finding);

	if (!status_is_refusal(r))
		return r;
	*finding = r == SC_ERROR_UNKNOWN_DATA_RECEIVED ? malformed : not_given;
	return SC_SUCCESS;
}

unsigned
authentic_card_key(const struct card_file *file)
{
	const struct protected_record *record = find_protected_record(file);

	return record == NULL ? 0 : record->card_key;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certificates.h"
#include "content-variant.h"
#include "changes.h"
#include "keys.h"
#include "licence.h"
#include "persona-folder.h"
#include "persona-variant.h"
#include "records.h"
#include "residence.h"
#include "tamper.h"

/* CV key ids. The 7 marks a hierarchy that belongs to this virtual card, neither production nor the J-LIS test hierarchy. */
#define ID_PLATFORM_CA	   "7000020"
#define ID_SURFACE_CA	   "7000023"
#define ID_TEXT_CA	   "7000033"
#define ID_UNKNOWN_CA	   "8000033"
#define ID_UNKNOWN_FACE_CA "8000023"
#define ID_SURFACE_SIGNER  "7000024"
#define ID_TEXT_SIGNER	   "7000034"
#define OTHER_CARD	   "other-card"
#define OTHER_SIGNER	   "other-municipality"
#define JPKI_EF_SPARE	   256	/* bytes of 00 after a CA certificate */
#define CERTIFICATE_EF	   3808 /* size of the EFs with the holder's certificates, which were read to the end (jpki-image-signer) */
#define RECORD_SPARE	   8	/* bytes of FF after a record */
#define TEXT_INFO_EF	   256	/* size of EF 0005, as pymyna expects it */
#define FURIGANA	   "コクトウ　ミキヤ"

/* Returns the signature certificate, which contains name and address. The folder has no certificate for the variant with
 * long ones, so it is built here. */
static struct bytes
sign_certificate(const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	bool renewed = vc_variant_has(variant, VC_V_RENEWED);

	if (vc_variant_has(variant, VC_V_LONG_NAMES))
		return certificate_build(dir, persona, CERTIFICATE_SIGN, renewed);
	return certificate_get(dir, persona, CERTIFICATE_SIGN, renewed);
}

static struct bytes
auth_certificate(const char *dir, const struct persona *persona, enum certificate_kind kind, const struct vc_variant *variant)
{
	struct bytes der = {0};

	if (certificate_build_false(dir, persona, kind, variant, &der))
		return der;
	return certificate_get(dir, persona, kind, kind == CERTIFICATE_AUTH && vc_variant_has(variant, VC_V_RENEWED));
}

static const char *
auth_key(const struct vc_variant *variant)
{
	if (vc_variant_has(variant, VC_V_OTHER_CERTIFICATES))
		return "other-auth";
	return vc_variant_has(variant, VC_V_RENEWED) ? "auth-renewed" : "auth";
}

static void
add_jpki(struct vc_content *content, const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	bool child = vc_variant_has(variant, VC_V_CHILD), renewed = vc_variant_has(variant, VC_V_RENEWED);
	struct bytes closed = {0};

	if (!child)
		vc_item_add_filled(content, VC_JPKI, 0x0001, sign_certificate(dir, persona, variant), 0x00, CERTIFICATE_EF);
	vc_item_add_padded(content, VC_JPKI, 0x0002, certificate_get(dir, persona, CERTIFICATE_SIGN_CA, false), 0x00, JPKI_EF_SPARE);
	if (!vc_variant_has(variant, VC_V_NO_TOKEN_INFO))
		vc_item_add(content, VC_JPKI, 0x0006, VC_EF, record_token_info(variant_token_label(variant)), NULL);
	vc_item_add(content, VC_JPKI, 0x0008, VC_EF, variant_availability(variant), NULL);
	bytes_fill(&closed, 0x00, 16);
	vc_item_add(content, VC_JPKI, 0x0009, VC_EF, closed, NULL);
	vc_item_add_filled(content, VC_JPKI, 0x000A, auth_certificate(dir, persona, CERTIFICATE_AUTH, variant), 0x00, CERTIFICATE_EF);
	vc_item_add_padded(content, VC_JPKI, 0x000B, auth_certificate(dir, persona, CERTIFICATE_AUTH_CA, variant), 0x00, JPKI_EF_SPARE);
	vc_item_add_key(content, VC_JPKI, 0x0017, key_get(dir, auth_key(variant)));
	vc_item_add_text(content, VC_JPKI, 0x0018, VC_PIN, persona->auth_pin);
	if (!child)
		vc_item_add_key(content, VC_JPKI, 0x001A, key_get(dir, renewed ? "sign-renewed" : "sign"));
	vc_item_add_text(content, VC_JPKI, 0x001B, VC_PIN, persona->sign_pin);
}

static void
add_sixteen_ff(struct vc_content *content, enum vc_app app, uint16_t id)
{
	struct bytes bytes = {0};

	bytes_fill(&bytes, 0xFF, 16);
	vc_item_add(content, app, id, VC_EF, bytes, NULL);
}

static void
add_session_key(struct vc_content *content, EVP_PKEY *key)
{
	struct bytes public = {0}, object = {0};

	key_put_public(&public, key);
	bytes_tlv(&object, 0xA1, public.data, public.len, false);
	bytes_free(&public);
	vc_item_add(content, VC_TEXT, 0x0006, VC_EF, object, NULL);
}

/* The data from which the records are made. "Another card" is from the same municipality, but its signers' certificates are
 * another municipality's. */
struct issue {
	const char *dir;
	const struct persona *persona, *text_persona; /* text_persona is the person in Input Support */
	const struct vc_variant *variant;
	bool other;
};

/* Builds EF 0002 and 0003. */
static void
add_four_data(struct vc_content *content, const struct issue *issue, const struct bytes *number, EVP_PKEY *signer)
{
	enum length_form form = variant_length_form(issue->variant);
	bool inside = vc_variant_has(issue->variant, VC_V_FURIGANA_INSIDE), outside = vc_variant_has(issue->variant, VC_V_FURIGANA_OUTSIDE);
	struct bytes signed_part = record_four_data(issue->text_persona, inside ? FURIGANA : NULL, form);

	vc_item_add(content, VC_TEXT, 0x0003, VC_EF, record_integrity(number, &signed_part, signer), NULL);
	bytes_free(&signed_part);
	vc_item_add_padded(content, VC_TEXT, 0x0002, record_four_data(issue->text_persona, inside || outside ? FURIGANA : NULL, form), 0xFF, 0);
}

static void
add_text_app(struct vc_content *content, const struct issue *issue)
{
	const struct vc_variant *variant = issue->variant;
	const struct persona *persona = issue->text_persona;
	const char *dir = issue->dir;
	bool unknown = vc_variant_has(variant, VC_V_UNKNOWN_CA) || vc_variant_has(variant, VC_V_UNKNOWN_TEXT_CA);
	EVP_PKEY *card_key = key_get(dir, issue->other ? OTHER_CARD : "text-card"), *signer = key_get(dir, "municipality-text");
	EVP_PKEY *ca = key_get(dir, unknown ? "cv-ca-unknown" : "cv-ca-text");
	EVP_PKEY *certified = issue->other ? key_get(dir, OTHER_SIGNER) : signer;
	struct bytes number = record_number(persona->my_number), public = {0};

	key_put_public(&public, card_key);
	add_four_data(content, issue, &number, signer);
	vc_item_add(content, VC_TEXT, 0x0001, VC_EF, number, NULL);
	vc_item_add(content, VC_TEXT, 0x0004, VC_EF, record_cv_certificate(unknown ? ID_UNKNOWN_CA : ID_TEXT_CA, ID_TEXT_SIGNER, certified, ca), NULL);
	vc_item_add_filled(content, VC_TEXT, 0x0005, record_text_info(ID_TEXT_SIGNER, !vc_variant_has(variant, VC_V_SHORT_FORM)), 0xFF, vc_variant_has(variant, VC_V_INFO_256) ? TEXT_INFO_EF : 0);
	add_session_key(content, card_key);
	vc_item_add(content, VC_TEXT, 0x0007, VC_EF, record_signed(0xFF50, 0xDF51, &public, NULL, signer), NULL);
	add_sixteen_ff(content, VC_TEXT, 0x0008);
	vc_item_add_text(content, VC_TEXT, 0x0011, VC_PIN, persona->text_pin);
	vc_item_add_text(content, VC_TEXT, 0x0012, VC_PIN, "");
	vc_item_add_key(content, VC_TEXT, 0x0013, card_key);
	vc_item_add_text(content, VC_TEXT, 0x0014, VC_PIN, persona->my_number);
	vc_item_add_text(content, VC_TEXT, 0x0015, VC_PIN, persona->code_b);
	bytes_free(&public);
	if (certified != signer)
		EVP_PKEY_free(certified);
	EVP_PKEY_free(signer);
	EVP_PKEY_free(ca);
}

static void
add_surface(struct vc_content *content, const struct issue *issue)
{
	static const char *const files[] = {"name.png", "address.png", "photo.jp2", "security-code.png"};
	const struct persona *persona = issue->persona;
	const char *dir = issue->dir;
	bool unknown = vc_variant_has(issue->variant, VC_V_UNKNOWN_CA);
	EVP_PKEY *card_key = key_get(dir, issue->other ? OTHER_CARD : "surface-card"), *signer = key_get(dir, "municipality-surface");
	EVP_PKEY *ca = key_get(dir, unknown ? "cv-ca-unknown" : "cv-ca-surface");
	EVP_PKEY *certified = issue->other ? key_get(dir, OTHER_SIGNER) : signer;
	struct bytes images[4], number_image = bytes_read_file(dir, "images/my-number.png"), birth = {0};
	char path[64];
	size_t i;

	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "images/%s", files[i]);
		images[i] = bytes_read_file(dir, path);
	}
	bytes_add(&birth, persona->birth, strlen(persona->birth));
	vc_item_add(content, VC_SURFACE, 0x0001, VC_EF, record_signed(0xFF10, 0xDF11, &birth, card_key, signer), NULL);
	vc_item_add_padded(content, VC_SURFACE, 0x0002, record_face(persona, images, card_key, signer), 0xFF, RECORD_SPARE);
	vc_item_add(content, VC_SURFACE, 0x0003, VC_EF, record_surface_info(ID_SURFACE_SIGNER, persona->municipality), NULL);
	vc_item_add(content, VC_SURFACE, 0x0004, VC_EF, record_cv_certificate(unknown ? ID_UNKNOWN_FACE_CA : ID_SURFACE_CA, ID_SURFACE_SIGNER, certified, ca), NULL);
	vc_item_add_padded(content, VC_SURFACE, 0x0005, record_signed(0xFF40, 0xDF41, &number_image, card_key, signer), 0xFF, RECORD_SPARE);
	add_sixteen_ff(content, VC_SURFACE, 0x0006);
	vc_item_add_text(content, VC_SURFACE, 0x0011, VC_PIN, persona->birth_code);
	vc_item_add_text(content, VC_SURFACE, 0x0012, VC_PIN, persona->code_b);
	vc_item_add_text(content, VC_SURFACE, 0x0013, VC_PIN, persona->my_number);
	vc_item_add_key(content, VC_SURFACE, 0x001A, card_key);
	for (i = 0; i < 4; i++)
		bytes_free(&images[i]);
	bytes_free(&number_image);
	bytes_free(&birth);
	if (certified != signer)
		EVP_PKEY_free(certified);
	EVP_PKEY_free(signer);
	EVP_PKEY_free(ca);
}

static void
add_key_reference(struct vc_content *content, enum vc_app app)
{
	struct bytes record = {0};
	uint8_t id[16];

	record_key_id(id, "7900025");
	bytes_tlv(&record, 0x01, id, sizeof(id), false);
	vc_item_add(content, app, 0x0002, VC_RECORDS, record, NULL);
}

static void
add_common(struct vc_content *content, const struct issue *issue)
{
	vc_item_add(content, VC_COMMON, 0x0001, VC_RECORDS, record_card_number(issue->persona), NULL);
	add_key_reference(content, VC_COMMON);
	vc_item_add_key(content, VC_COMMON, 0x0019, key_get(issue->dir, issue->other ? OTHER_CARD : "common"));
	vc_item_add_text(content, VC_COMMON, 0x001C, VC_PIN, issue->persona->juki_pin);
}

static void
add_juki(struct vc_content *content, const struct persona *persona)
{
	add_key_reference(content, VC_JUKI);
	vc_item_add_text(content, VC_JUKI, 0x001C, VC_PIN, persona->juki_pin);
}

/* Adds the data objects of the card manager, for GET DATA. */
static void
add_platform(struct vc_content *content, const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	static const uint8_t recognition[] = {0x73, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01};
	static const uint8_t atr[] = {0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
	EVP_PKEY *root = key_get(dir, "cv-ca-root"), *ca = key_get(dir, "cv-ca-platform"), *lower = key_get(dir, "municipality-text");
	struct bytes certificate = record_cv_certificate("7000010", ID_PLATFORM_CA, ca, root), bytes = {0};
	uint8_t id[16];

	record_key_id(id, ID_PLATFORM_CA);
	bytes_add(&bytes, id, sizeof(id));
	vc_item_add(content, VC_PLATFORM, 0x0042, VC_DATA, bytes, NULL);
	vc_item_add_text(content, VC_PLATFORM, 0x0045, VC_DATA, persona->serial);
	bytes = (struct bytes){0};
	bytes_add(&bytes, recognition, sizeof(recognition));
	vc_item_add(content, VC_PLATFORM, 0x0066, VC_DATA, bytes, NULL);
	vc_item_add_text(content, VC_PLATFORM, 0x00F0, VC_DATA, persona->municipality);
	vc_item_add_text(content, VC_PLATFORM, 0x00F2, VC_DATA, persona->card_expiry);
	bytes = (struct bytes){0};
	bytes_add(&bytes, id, sizeof(id));
	vc_item_add(content, VC_PLATFORM, 0x00F7, VC_DATA, bytes, NULL);
	bytes = (struct bytes){0};
	bytes_add(&bytes, certificate.data + 5, certificate.len - 5); /* the object has no 7F21 82 hh ll */
	vc_item_add(content, VC_PLATFORM, 0x00F8, VC_DATA, bytes, NULL);
	bytes_free(&certificate);
	if (!vc_variant_has(variant, VC_V_OLD_CARD))
		vc_item_add(content, VC_PLATFORM, 0x7F21, VC_DATA, record_cv_certificate(ID_PLATFORM_CA, "7000021", lower, ca), NULL);
	bytes = (struct bytes){0};
	bytes_add(&bytes, atr, sizeof(atr));
	vc_item_add(content, VC_PLATFORM, 0x5F51, VC_DATA, bytes, NULL);
	EVP_PKEY_free(root);
	EVP_PKEY_free(ca);
	EVP_PKEY_free(lower);
}

static void
make_changes(struct vc_content *content, const char *dir, const struct vc_variant *variant)
{
	static const struct vc_variant none = {0};
	struct vc_content other = {0};
	struct persona persona;
	struct issue issue = {dir, &persona, &persona, &none, true};

	if (changes_need_other(variant)) {
		persona_invent(&persona, PERSONA_OTHER_SEED);
		add_text_app(&other, &issue);
		add_surface(&other, &issue);
		add_common(&other, &issue);
		licence_add(&other, dir, &persona, &none);
	}
	changes_make(content, &other, variant);
	vc_content_free(&other);
}

int
vc_content_build(struct vc_content *content, const char *dir, const struct vc_variant *variant)
{
	bool phone = vc_variant_is_phone(variant);
	struct persona persona, text;
	struct issue issue = {dir, &persona, &text, variant, false};

	*content = (struct vc_content){0};
	if (persona_folder_open(dir, variant->seed, &persona) < 0)
		return -1;
	persona_change(&persona, variant);
	text = persona;
	persona_change_text(&text, variant);
	add_platform(content, dir, &persona, variant);
	add_jpki(content, dir, &persona, variant);
	if (!phone && !vc_variant_has(variant, VC_V_NO_TEXT))
		add_text_app(content, &issue);
	if (!phone && !vc_variant_has(variant, VC_V_NO_SURFACE))
		add_surface(content, &issue);
	if (!phone && !vc_variant_has(variant, VC_V_NO_COMMON))
		add_common(content, &issue);
	if (!phone && !vc_variant_has(variant, VC_V_NO_JUKI))
		add_juki(content, &persona);
	if (!phone && vc_variant_has_licence(variant))
		licence_add(content, dir, &persona, variant);
	if (!phone)
		residence_add(content, variant);
	tamper(content, dir, variant);
	make_changes(content, dir, variant);
	persona_folder_close(dir);
	return 0;
}

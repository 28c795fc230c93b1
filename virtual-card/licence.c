/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/x509.h>

#include "keys.h"
#include "licence-full.h"
#include "licence-record.h"
#include "own-openssl.h"

#define PIN_SET	       0x01
#define PIN_NOT_SET    0x00
#define DEFAULT_PIN    "****" /* the value of a PIN that is not set */
#define NO_DATE	       "4000000"
#define TAMPERED_CLASS 0xF8 /* medium */
#define SIGNER_NAME    "CN=Test Commission 99"
#define SERIAL	       "9900000000000001"

static void
set(struct licence_record *record, unsigned tag, const void *value, size_t len)
{
	bytes_add(licence_value(record, tag), value, len);
}

static void
set_string(struct licence_record *record, unsigned tag, const char *text)
{
	set(record, tag, text, strlen(text));
}

static void
set_conditions(struct licence_record *record, const struct persona *persona)
{
	char lines[sizeof(persona->licence_conditions)], *line, *rest;
	unsigned number = 0;

	memcpy(lines, persona->licence_conditions, sizeof(lines));
	for (line = strtok_r(lines, "\n", &rest); line != NULL && number < LICENCE_CONDITIONS; line = strtok_r(NULL, "\n", &rest))
		licence_add_text(record, licence_condition_tag(number++), line);
}

/* Sets each class to held (1) or not held (0). The persona names the tags of those that are held. */
static void
set_classes(struct licence_record *record, const struct persona *persona)
{
	const char *word = persona->licence_classes;
	char *end;
	unsigned long tag;
	unsigned i;

	for (i = LICENCE_CLASS_FIRST; i <= LICENCE_CLASS_LAST; i++)
		set(record, i, "\0", 1);
	for (tag = strtoul(word, &end, 16); end != word; tag = strtoul(word, &end, 16)) {
		if (tag >= LICENCE_CLASS_FIRST && tag <= LICENCE_CLASS_LAST)
			licence_value(record, (unsigned)tag)->data[0] = 1;
		word = end;
	}
}

/* Sets what a licence and a driving history have in common. */
static void
set_common(struct licence_record *record, const char *dir, const struct persona *persona)
{
	licence_add_date(record, LICENCE_TWO_WHEEL_DATE, persona->licence_two_wheel_date);
	licence_add_date(record, LICENCE_OTHER_DATE, persona->licence_other_date);
	licence_add_date(record, LICENCE_SECOND_CLASS_DATE, persona->licence_second_class_date);
	set_classes(record, persona);
	*licence_value(record, LICENCE_PHOTO) = bytes_read_file(dir, "images/licence-photo.jp2");
}

static void
set_licence(struct licence_record *record, const struct persona *persona)
{
	licence_add_text(record, LICENCE_COLOUR, persona->licence_colour);
	licence_add_date(record, LICENCE_EXPIRY, persona->licence_expiry);
	set_conditions(record, persona);
	set_string(record, LICENCE_NUMBER, persona->licence_number);
}

static void
set_history(struct licence_record *record, const struct persona *persona)
{
	licence_add_date(record, LICENCE_HISTORY_DATE, persona->licence_history_date);
	set(record, LICENCE_HISTORY_CATEGORY, "\1", 1); /* the values of real cards are not known */
	set_string(record, LICENCE_HISTORY_NUMBER, persona->licence_history_number);
}

void
licence_key_id(uint8_t id[32], EVP_PKEY *key)
{
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(key, &der);

	if (len < 0)
		abort();
	vc_hash(der, (size_t)len, id);
	OPENSSL_free(der);
}

/* Sets the objects of EF 001C, which sign CONTENT. */
static void
set_signature(struct licence_record *record, const char *dir, const struct bytes *content)
{
	EVP_PKEY *key = key_get(dir, LICENCE_SIGNER);
	uint8_t id[VC_SHA256_LEN];

	key_sign(licence_value(record, LICENCE_SIGNATURE), key, content->data, content->len);
	set_string(record, LICENCE_SIGNER_SERIAL, SERIAL);
	set_string(record, LICENCE_ISSUER, SIGNER_NAME);
	set_string(record, LICENCE_SUBJECT, SIGNER_NAME);
	licence_key_id(id, key);
	set(record, LICENCE_KEY_ID, id, sizeof(id));
	EVP_PKEY_free(key);
}

/* Gives texts and dates forms that the old stand-alone card had: texts filled with NUL or ideographic spaces, and a date that
 * does not apply as zeros. */
static void
set_old_forms(struct licence_record *record)
{
	static const uint8_t nul[] = {0x00, 0x00}, space[] = {0x21, 0x21};
	unsigned i;

	set(record, LICENCE_COLOUR, nul, sizeof(nul));
	for (i = 0; i < LICENCE_CONDITIONS; i++)
		while (licence_value(record, licence_condition_tag(i))->len % licence_maximum(licence_condition_tag(i)) != 0)
			set(record, licence_condition_tag(i), space, sizeof(space));
	bytes_free(licence_value(record, LICENCE_SECOND_CLASS_DATE));
	set_string(record, LICENCE_SECOND_CLASS_DATE, NO_DATE);
}

/* Sets the objects of EF 001B. */
static void
set_record(struct licence_record *record, const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	bool full = vc_variant_has(variant, VC_V_LICENCE_FULL), history = vc_variant_has(variant, VC_V_LICENCE_HISTORY);

	set_common(record, dir, persona);
	if (full || history)
		set_history(record, persona);
	if (full || !history)
		set_licence(record, persona);
	if (full)
		licence_fill(record);
	if (vc_variant_has(variant, VC_V_LICENCE_OLD_FORMS))
		set_old_forms(record);
}

/* Builds the record, and signs it in the same record. */
static struct bytes
signed_record(struct licence_record *record, const char *dir, const struct vc_variant *variant)
{
	bool long_form = vc_variant_has(variant, VC_V_LICENCE_LONG_FORM);
	struct bytes file = licence_encode(record, LICENCE_FIRST_TAG, LICENCE_PHOTO, long_form);
	size_t len = file.len;

	if (vc_variant_has(variant, VC_V_LICENCE_SIGNED_EF))
		bytes_fill(&file, 0x00, LICENCE_RECORD_EF - len);
	set_signature(record, dir, &file);
	file.len = len;
	if (vc_variant_has(variant, VC_V_TAMPER_LICENCE)) {
		bytes_free(&file);
		licence_value(record, TAMPERED_CLASS)->data[0] ^= 1;
		file = licence_encode(record, LICENCE_FIRST_TAG, LICENCE_PHOTO, long_form);
	}
	if (vc_variant_has(variant, VC_V_LICENCE_TORN))
		file.len -= licence_value(record, LICENCE_PHOTO)->len / 2;
	return file;
}

static void
add_records(struct vc_content *content, const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	bool unpadded = vc_variant_has(variant, VC_V_LICENCE_UNPADDED) || vc_variant_has(variant, VC_V_LICENCE_TORN);
	bool long_form = vc_variant_has(variant, VC_V_LICENCE_LONG_FORM);
	struct licence_record record = {0};
	struct bytes file;

	set_record(&record, dir, persona, variant);
	file = signed_record(&record, dir, variant);
	vc_item_add_filled(content, VC_LICENCE, 0x001B, file, 0x00, unpadded ? 0 : LICENCE_RECORD_EF);
	file = licence_encode(&record, LICENCE_SIGNATURE, LICENCE_KEY_ID, long_form);
	vc_item_add_filled(content, VC_LICENCE, 0x001C, file, 0x00, unpadded ? 0 : LICENCE_SIGNATURE_EF);
	licence_record_free(&record);
}

void
licence_add(struct vc_content *content, const char *dir, const struct persona *persona, const struct vc_variant *variant)
{
	bool no_pin = vc_variant_has(variant, VC_V_LICENCE_NO_PIN) || vc_variant_has(variant, VC_V_LICENCE_DEFAULT_PIN);
	uint8_t setting[] = {0xC1, 0x01, no_pin ? PIN_NOT_SET : PIN_SET};
	struct bytes pin_setting = {0};

	add_records(content, dir, persona, variant);
	bytes_add(&pin_setting, setting, sizeof(setting));
	vc_item_add(content, VC_LICENCE, 0x001A, VC_EF, pin_setting, NULL);
	vc_item_add_text(content, VC_LICENCE, 0x0006, VC_PIN, no_pin ? DEFAULT_PIN : persona->licence_pin);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "records-in-session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"
#include "scripted-card.h"
#include "virtual-card/content.h"

static struct vc_content content;

static int
no_exchange(sc_apdu_t *apdu)
{
	fail_msg("an exchange: %02X %02X", apdu->ins, apdu->p1);
	return SC_ERROR_INTERNAL;
}

const struct record text_number = {APP_TEXT, EF_NUMBER, VC_TEXT, {FIELD_NUMBER}};
const struct record text_four_data = {APP_TEXT, EF_FOUR_DATA, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX}};
const struct record text_integrity = {APP_TEXT, EF_INTEGRITY, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX, FIELD_NUMBER}};
const struct record text_key = {APP_TEXT, EF_TEXT_KEY, VC_TEXT, {0}};
const struct record text_certificate = {APP_TEXT, EF_CV_CERTIFICATE, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX, FIELD_NUMBER}};
const struct record age = {APP_SURFACE, EF_AGE, VC_SURFACE, {FIELD_AGE_BIRTH}};
const struct record face = {APP_SURFACE, EF_FACE, VC_SURFACE, {FIELD_FACE_BIRTH, FIELD_FACE_SEX, FIELD_FACE_NAME, FIELD_FACE_ADDRESS, FIELD_FACE_PHOTO, FIELD_FACE_EXPIRY, FIELD_FACE_CODE}};
const struct record number_image = {APP_SURFACE, EF_NUMBER_IMAGE, VC_SURFACE, {FIELD_NUMBER_IMAGE}};
const struct record surface_certificate = {APP_SURFACE, EF_CV_CERTIFICATE, VC_SURFACE, {FIELD_FACE_BIRTH, FIELD_FACE_PHOTO, FIELD_FACE_EXPIRY, FIELD_AGE_BIRTH, FIELD_NUMBER_IMAGE}};

const struct record *const records[RECORDS_COUNT] = {&text_number, &text_four_data, &text_integrity, &text_key, &text_certificate,
		&age, &face, &number_image, &surface_certificate};

static const struct vc_item *
item_of(const struct record *record)
{
	const struct vc_item *item = vc_content_find(&content, record->where, record->file);

	assert_non_null(item);
	return item;
}

/* Forgets all verdicts on signatures. */
static void
forget_findings(void)
{
	struct loaded_file *loaded;

	for (loaded = session->loaded; loaded != NULL; loaded = loaded->next)
		loaded->finding = (struct finding){0};
}

static void
forget_signer(enum app_id app)
{
	EVP_PKEY_free(session->signers[app].key);
	session->signers[app] = (struct signer){0};
}

/* Makes the session hold DATA (LEN bytes) as the record that was read from the card. */
void
record_put(const struct record *record, const uint8_t *data, size_t len)
{
	struct loaded_file *loaded = session_loaded(session, card_file_find(record->app, record->file));

	secret_clear(&loaded->content);
	assert_true(secret_copy(&loaded->content, data, len));
	loaded->whole = true;
	loaded->presence = (struct finding){FINDING_OK, "asked"}; /* presence is not under test here */
	forget_findings();
	if (record->file == EF_CV_CERTIFICATE)
		forget_signer(record->app);
}

/* The length field has one byte, or one or two more after 81 or 82. */
size_t
record_header_len(const struct record *record)
{
	const uint8_t *data = item_of(record)->data;

	return data[2] < 0x80 ? 3 : 3 + (size_t)(data[2] & 0x7F);
}

size_t
record_original(const struct record *record, const uint8_t **data)
{
	size_t header = record_header_len(record), len = 0, i;

	*data = item_of(record)->data;
	for (i = header == 3 ? 2 : 3; i < header; i++)
		len = len << 8 | (*data)[i];
	return record == &text_number ? item_of(record)->len : header + len;
}

void
record_put_original(const struct record *record)
{
	const uint8_t *data;
	size_t len = record_original(record, &data);

	record_put(record, data, len);
}

struct secret
record_value(enum app_id app, uint16_t field)
{
	struct secret value = {0};

	if (field_read(session, card_field_find(app, field), &value) != SC_SUCCESS)
		assert_null(value.data);
	return value;
}

struct finding
record_finding(const struct record *record)
{
	const struct card_file *file = card_file_find(record->app, record->file);
	const struct signer *signer = NULL;
	struct finding finding = {0};

	if (record->file != EF_CV_CERTIFICATE) {
		assert_int_equal(authentic_check(session, file, &finding), SC_SUCCESS);
		return finding;
	}
	assert_int_equal(authentic_signer(session, record->app, &signer), SC_SUCCESS);
	return signer->finding;
}

int
records_setup(void **state)
{
	static char keys[4096];
	const char *builddir = getenv("builddir");
	char persona[4000];
	size_t i;

	snprintf(persona, sizeof(persona), "%s/tests/persona", builddir == NULL ? "." : builddir);
	snprintf(keys, sizeof(keys), "%s/trusted-cv-keys.txt", persona);
	if (scripted_setup(state) < 0 || vc_content_build(&content, persona, &(struct vc_variant){0}) < 0)
		return -1;
	scripted.twist = no_exchange;
	session->settings.my_number = true;
	session->settings.verify_records = VERIFY_YES;
	session->settings.trusted_cv_keys = strdup(keys);
	for (i = PIN_AUTH; i < PIN_COUNT; i++)
		session->pin_states[i].verified = true;
	for (i = 0; i < RECORDS_COUNT; i++)
		record_put_original(records[i]);
	return 0;
}

int
records_teardown(void **state)
{
	vc_content_free(&content);
	return scripted_teardown(state);
}

struct settings *
records_settings(void)
{
	return &session->settings;
}

size_t
record_table_offset(const struct record *record, size_t n)
{
	const uint8_t *entry = item_of(record)->data + record_header_len(record) + 3 + 2 * n;

	return (size_t)entry[0] << 8 | entry[1];
}

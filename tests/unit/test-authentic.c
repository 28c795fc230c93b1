/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every change of a record that counts: no value of it is served, and the finding is that something is wrong.
 * The records are those of the virtual card, put into a session as if they had just been read: no exchange takes place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/authentic.h"
#include "tests/virtual-card/content.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FIELDS_MAX	 8
#define FILE_MAX	 32768

/* A CV certificate: 7F21 82 hh ll 5F4E 82 hh ll, then the issuer's key id of 16 bytes, its purpose from the fifth. */
#define ISSUER	      10
#define ISSUER_LEN    16
#define PURPOSE	      (ISSUER + 4)
#define PURPOSE_LEN   3

static sc_context_t ctx;
static sc_card_t card;
static struct session *session;
static struct vc_content content;

/* --- instead of OpenSC's */

int
sc_lock(sc_card_t *locked)
{
	return locked == &card ? SC_SUCCESS : SC_ERROR_INTERNAL;
}

int
sc_unlock(sc_card_t *locked)
{
	return locked == &card ? SC_SUCCESS : SC_ERROR_INTERNAL;
}

int
sc_transmit_apdu(sc_card_t *used, sc_apdu_t *apdu)
{
	(void)used;
	fail_msg("an exchange: %02X %02X", apdu->ins, apdu->p1);
	return SC_ERROR_INTERNAL;
}

/* --- records */

/* A file of the card, and the values that depend on it; a field of id 0 ends the list. */
struct record {
	enum app_id app;
	uint16_t file;
	enum vc_app where;
	uint16_t fields[FIELDS_MAX];
};

static const struct record text_number = {APP_TEXT, EF_NUMBER, VC_TEXT, {FIELD_NUMBER}};
static const struct record text_four_data = {APP_TEXT, EF_FOUR_DATA, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX}};
static const struct record text_integrity = {APP_TEXT, EF_INTEGRITY, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX, FIELD_NUMBER}};
static const struct record text_key = {APP_TEXT, EF_TEXT_KEY, VC_TEXT, {0}};
static const struct record text_certificate = {APP_TEXT, EF_CV_CERTIFICATE, VC_TEXT, {FIELD_NAME, FIELD_ADDRESS, FIELD_BIRTH, FIELD_SEX, FIELD_NUMBER}};
static const struct record age = {APP_SURFACE, EF_AGE, VC_SURFACE, {FIELD_AGE_BIRTH}};
static const struct record face = {APP_SURFACE, EF_FACE, VC_SURFACE, {FIELD_FACE_BIRTH, FIELD_FACE_SEX, FIELD_FACE_NAME, FIELD_FACE_ADDRESS, FIELD_FACE_PHOTO, FIELD_FACE_EXPIRY, FIELD_FACE_CODE}};
static const struct record number_image = {APP_SURFACE, EF_NUMBER_IMAGE, VC_SURFACE, {FIELD_NUMBER_IMAGE}};
static const struct record surface_certificate = {APP_SURFACE, EF_CV_CERTIFICATE, VC_SURFACE, {FIELD_FACE_BIRTH, FIELD_FACE_PHOTO, FIELD_FACE_EXPIRY, FIELD_AGE_BIRTH, FIELD_NUMBER_IMAGE}};

static const struct record *const records[] = {&text_number, &text_four_data, &text_integrity, &text_key, &text_certificate,
		&age, &face, &number_image, &surface_certificate};

static const struct vc_item *
item_of(const struct record *record)
{
	const struct vc_item *item = vc_content_find(&content, record->where, record->file);

	assert_non_null(item);
	return item;
}

/* Nothing has been judged yet. */
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

/* The record has been read from the card and is LEN bytes of DATA. */
static void
put(const struct record *record, const uint8_t *data, size_t len)
{
	struct loaded_file *loaded = session_loaded(session, card_file_find(record->app, record->file));

	free(loaded->data);
	loaded->data = malloc(len);
	assert_non_null(loaded->data);
	memcpy(loaded->data, data, len);
	loaded->have = len;
	loaded->whole = true;
	forget_findings();
	if (record->file == EF_CV_CERTIFICATE)
		forget_signer(record->app);
}

/* Bytes of tag and length of the outermost object: two, then the length, or 81 or 82 and one or two bytes of it. */
static size_t
header_len(const struct record *record)
{
	const uint8_t *data = item_of(record)->data;

	return data[2] < 0x80 ? 3 : 3 + (size_t)(data[2] & 0x7F);
}

/* As the card has it, without padding; that of the number's record is part of what is signed. */
static size_t
original(const struct record *record, const uint8_t **data)
{
	size_t header = header_len(record), len = 0, i;

	*data = item_of(record)->data;
	for (i = header == 3 ? 2 : 3; i < header; i++)
		len = len << 8 | (*data)[i];
	return record == &text_number ? item_of(record)->len : header + len;
}

static void
put_original(const struct record *record)
{
	const uint8_t *data;
	size_t len = original(record, &data);

	put(record, data, len);
}

static struct field_value
value_of(enum app_id app, uint16_t field)
{
	struct field_value value = {0};

	if (field_read(session, card_field_find(app, field), &value) != SC_SUCCESS)
		assert_null(value.data);
	return value;
}

static struct finding
finding_of(const struct record *record)
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

static bool
serves_anything(const struct record *record)
{
	bool any = false;
	size_t i;

	for (i = 0; i < FIELDS_MAX && record->fields[i] != 0; i++) {
		struct field_value value = value_of(record->app, record->fields[i]);

		any |= value.data != NULL;
		field_value_clear(&value);
	}
	return any;
}

static int
setup(void **state)
{
	static char keys[4096];
	const char *builddir = getenv("builddir");
	char persona[4000];
	size_t i;

	(void)state;
	snprintf(persona, sizeof(persona), "%s/tests/persona", builddir == NULL ? "." : builddir);
	snprintf(keys, sizeof(keys), "%s/trusted-cv-keys.txt", persona);
	ctx.debug_file = fopen("/dev/null", "w");
	card.ctx = &ctx;
	session = session_new(&card);
	if (ctx.debug_file == NULL || session == NULL || vc_content_build(&content, persona, &(struct vc_variant){0}) < 0)
		return -1;
	session->settings.my_number = true;
	session->settings.verify_records = VERIFY_YES;
	session->settings.trusted_cv_keys = strdup(keys);
	for (i = PIN_AUTH; i < PIN_COUNT; i++)
		session->pins[i].verified = true;
	/* asking the card is not what is tested here */
	session->presence[APP_SURFACE] = (struct finding){FINDING_OK, "asked"};
	for (i = 0; i < LENGTH_OF(records); i++)
		put_original(records[i]);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	session_free(session);
	vc_content_free(&content);
	fclose(ctx.debug_file);
	return 0;
}

/* --- what must hold */

static void
expect_refused(const struct record *record, const char *what, size_t at)
{
	if (serves_anything(record))
		fail_msg("file %04X: served after a change of %s %zu", record->file, what, at);
	if (finding_of(record).kind != FINDING_FAIL)
		fail_msg("file %04X: not found to be wrong after a change of %s %zu", record->file, what, at);
}

static void
expect_genuine(const struct record *record)
{
	size_t i;

	assert_int_equal(finding_of(record).kind, FINDING_OK);
	for (i = 0; i < FIELDS_MAX && record->fields[i] != 0; i++) {
		struct field_value value = value_of(record->app, record->fields[i]);

		assert_non_null(value.data);
		field_value_clear(&value);
	}
}

/* Flips each bit of the bytes FROM to before TO, one at a time, of large files one bit a byte. */
static void
flip_each_bit(const struct record *record, size_t from, size_t to, void (*expect)(const struct record *record, size_t at))
{
	uint8_t copy[FILE_MAX];
	const uint8_t *data;
	size_t len = original(record, &data), at, step = to - from > 2048 ? 9 : 1, bit;

	assert_true(to <= len && len <= sizeof(copy));
	memcpy(copy, data, len);
	for (bit = 8 * from; bit < 8 * to; bit += step) {
		at = bit / 8;
		copy[at] ^= (uint8_t)(1 << bit % 8);
		put(record, copy, len);
		expect(record, at);
		copy[at] = data[at];
	}
	put_original(record);
	expect_genuine(record);
}

static void
refused_at(const struct record *record, size_t at)
{
	expect_refused(record, "a bit of byte", at);
}

/* A CA that is not known here: not wrong, but not right. Or it happens to be known, and did not sign this. */
static void
not_trusted_at(const struct record *record, size_t at)
{
	struct finding finding = finding_of(record);

	if (finding.kind == FINDING_OK)
		fail_msg("byte %zu of the issuer's id: trusted", at);
	if (finding.kind == FINDING_UNKNOWN)
		session->settings.verify_records = VERIFY_STRICT;
	if (serves_anything(record))
		fail_msg("byte %zu of the issuer's id: served, as is: %s", at, finding.text);
	session->settings.verify_records = VERIFY_YES;
}

/* These of the face are not covered by its signature. */
static bool
is_signed(uint16_t field)
{
	return field != FIELD_FACE_EXPIRY && field != FIELD_FACE_CODE;
}

/* Every signed value that is served is as it was. If ALL is wanted, every value is. */
static void
expect_same(const struct record *record, bool all)
{
	struct field_value changed[FIELDS_MAX], value;
	size_t i, count;

	for (count = 0; count < FIELDS_MAX && record->fields[count] != 0; count++)
		changed[count] = value_of(record->app, record->fields[count]);
	put_original(record);
	for (i = 0; i < count; i++) {
		value = value_of(record->app, record->fields[i]);
		assert_true(changed[i].data != NULL || !all);
		if (all || (changed[i].data != NULL && is_signed(record->fields[i]))) {
			assert_int_equal(changed[i].len, value.len);
			assert_memory_equal(changed[i].data, value.data, value.len);
		}
		field_value_clear(&changed[i]);
		field_value_clear(&value);
	}
}

static void
harmless_at(const struct record *record, size_t at)
{
	(void)at;
	expect_same(record, true);
}

static void
same_or_refused_at(const struct record *record, size_t at)
{
	(void)at;
	expect_same(record, false);
}

/* The N-th entry of the offset table with which EF 0002 of both applications begins: FFxx length DF21 length entries. */
static size_t
table_offset(const struct record *record, size_t n)
{
	const uint8_t *entry = item_of(record)->data + header_len(record) + 3 + 2 * n;

	return (size_t)entry[0] << 8 | entry[1];
}

/* --- tests */

static void
unchanged_records_pass(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(records); i++)
		expect_genuine(records[i]);
}

static void
any_change_of_the_number_is_noticed(void **state)
{
	(void)state;
	flip_each_bit(&text_number, 0, item_of(&text_number)->len, refused_at);
}

static void
any_change_of_the_four_data_is_noticed(void **state)
{
	const uint8_t *data;

	(void)state;
	flip_each_bit(&text_four_data, table_offset(&text_four_data, 0), original(&text_four_data, &data), refused_at);
}

static void
any_change_of_the_integrity_record_is_noticed(void **state)
{
	const uint8_t *data;

	(void)state;
	flip_each_bit(&text_integrity, header_len(&text_integrity), original(&text_integrity, &data), refused_at);
}

static void
any_change_of_the_card_key_record_is_noticed(void **state)
{
	const uint8_t *data;

	(void)state;
	flip_each_bit(&text_key, header_len(&text_key), original(&text_key, &data), refused_at);
}

static void
any_change_of_the_age_record_is_noticed(void **state)
{
	const uint8_t *data;

	(void)state;
	flip_each_bit(&age, header_len(&age), original(&age, &data), refused_at);
}

static void
any_change_of_the_number_image_is_noticed(void **state)
{
	const uint8_t *data;

	(void)state;
	flip_each_bit(&number_image, header_len(&number_image), original(&number_image, &data), refused_at);
}

/* Birth date to photo, then the signature; what follows (DF29, DF2A) is not signed. */
static void
any_change_of_the_face_is_noticed(void **state)
{
	(void)state;
	flip_each_bit(&face, table_offset(&face, 0), table_offset(&face, 3), refused_at);
	flip_each_bit(&face, table_offset(&face, 3), table_offset(&face, 6), refused_at);
	flip_each_bit(&face, table_offset(&face, 6), table_offset(&face, 7), refused_at);
}

/* The issuer's id leads to another CA, or to none that is known here: that alone is not wrong, but it is not right. */
static void
any_change_of_a_certificate_is_noticed(void **state)
{
	static const struct record *const certificates[] = {&text_certificate, &surface_certificate};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(certificates); i++) {
		flip_each_bit(certificates[i], 0, ISSUER, refused_at);
		flip_each_bit(certificates[i], ISSUER, PURPOSE, not_trusted_at);
		flip_each_bit(certificates[i], PURPOSE, PURPOSE + PURPOSE_LEN, refused_at);
		flip_each_bit(certificates[i], PURPOSE + PURPOSE_LEN, ISSUER + ISSUER_LEN, not_trusted_at);
		flip_each_bit(certificates[i], ISSUER + ISSUER_LEN, item_of(certificates[i])->len, refused_at);
	}
}

static void
offset_tables_may_change(void **state)
{
	(void)state;
	flip_each_bit(&text_four_data, header_len(&text_four_data) + 3, table_offset(&text_four_data, 0), harmless_at);
	flip_each_bit(&face, header_len(&face) + 3, table_offset(&face, 0), harmless_at);
}

/* Tag and length of the record are not signed, nor are those of its offset table. */
static void
headers_change_no_value(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(records); i++)
		flip_each_bit(records[i], 0, header_len(records[i]), same_or_refused_at);
	flip_each_bit(&text_four_data, header_len(&text_four_data), header_len(&text_four_data) + 3, same_or_refused_at);
	flip_each_bit(&face, header_len(&face), header_len(&face) + 3, same_or_refused_at);
}

static void
padding_may_change(void **state)
{
	static const struct record *const padded[] = {&text_four_data, &text_integrity, &age, &face, &number_image, &text_certificate};
	uint8_t copy[FILE_MAX];
	const uint8_t *data;
	size_t i, len;

	(void)state;
	for (i = 0; i < LENGTH_OF(padded); i++) {
		len = original(padded[i], &data);
		memcpy(copy, data, len);
		memset(copy + len, 0xA5, 16);
		put(padded[i], copy, len + 16);
		expect_genuine(padded[i]);
		put_original(padded[i]);
	}
}

/* --- parts of genuine records, put together in another way */

/* Appends an object to the LEN bytes at OUT; the new length. Lengths in two bytes. */
static size_t
put_object(uint8_t *out, size_t len, unsigned tag, const void *value, size_t value_len)
{
	const uint8_t header[] = {(uint8_t)(tag >> 8), (uint8_t)tag, 0x82, (uint8_t)(value_len >> 8), (uint8_t)value_len};

	assert_true(len + sizeof(header) + value_len <= FILE_MAX);
	memcpy(out + len, header, sizeof(header));
	memcpy(out + len + sizeof(header), value, value_len);
	return len + sizeof(header) + value_len;
}

/* A forged record of the kind of VICTIM: what DONOR's signature is over, that signature under the victim's tag, and then
 * objects of the forger's choice. */
struct forgery {
	const struct record *donor, *victim;
	unsigned outer, signature_tag;
	unsigned forged_tags[2];
	size_t forged_len;
};

#define SIGNATURE_LEN	 256
#define SIGNATURE_HEADER 5

static void
put_forgery(const struct forgery *forgery)
{
	static const uint8_t forged[SIGNATURE_LEN] = {'1', '9', '0', '0', '0', '1', '0', '1'};
	uint8_t inner[FILE_MAX], record[FILE_MAX];
	const uint8_t *data;
	size_t len = original(forgery->donor, &data), header = header_len(forgery->donor), inner_len, i;

	inner_len = len - header - SIGNATURE_HEADER - SIGNATURE_LEN;
	memcpy(inner, data + header, inner_len);
	inner_len = put_object(inner, inner_len, forgery->signature_tag, data + len - SIGNATURE_LEN, SIGNATURE_LEN);
	for (i = 0; i < LENGTH_OF(forgery->forged_tags) && forgery->forged_tags[i] != 0; i++)
		inner_len = put_object(inner, inner_len, forgery->forged_tags[i], forged, forgery->forged_len);
	put(forgery->victim, record, put_object(record, 0, forgery->outer, inner, inner_len));
}

static void
a_signature_of_one_record_is_none_of_another(void **state)
{
	static const struct forgery forgeries[] = {
			{&text_key, &text_integrity, 0xFF30, 0xDF33, {0xDF31, 0xDF32}, 32},
			{&text_integrity, &text_key, 0xFF50, 0xDF52, {0xDF51}, 8},
			{&number_image, &age, 0xFF10, 0xDF13, {0xDF11}, 8},
			{&age, &number_image, 0xFF40, 0xDF43, {0xDF41}, 8},
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(forgeries); i++) {
		put_forgery(&forgeries[i]);
		expect_refused(forgeries[i].victim, "the whole of forgery", i);
		put_original(forgeries[i].victim);
	}
}

/* The record as it is, with another object before or after its own: the first of a tag counts, and is signed or refused. */
static void
added_objects_are_not_taken_for_signed_ones(void **state)
{
	static const struct {
		const struct record *record;
		unsigned outer, tag;
	} additions[] = {
			{&text_four_data, 0xFF20, 0xDF22},
			{&text_integrity, 0xFF30, 0xDF32},
			{&age, 0xFF10, 0xDF11},
			{&face, 0xFF20, 0xDF22},
			{&number_image, 0xFF40, 0xDF41},
	};
	uint8_t inner[FILE_MAX], record[FILE_MAX];
	const uint8_t *data;
	size_t i, len, inner_len;

	(void)state;
	for (i = 0; i < LENGTH_OF(additions); i++) {
		len = original(additions[i].record, &data);
		data += header_len(additions[i].record);
		len -= header_len(additions[i].record);
		inner_len = put_object(inner, 0, additions[i].tag, "19000101", 8);
		memcpy(inner + inner_len, data, len);
		put(additions[i].record, record, put_object(record, 0, additions[i].outer, inner, inner_len + len));
		expect_refused(additions[i].record, "its beginning, addition", i);
		put_original(additions[i].record);
	}
}

static void
certificates_of_the_other_application_are_foreign(void **state)
{
	const struct vc_item *text = item_of(&text_certificate), *surface = item_of(&surface_certificate);

	(void)state;
	put(&text_certificate, surface->data, surface->len);
	put(&surface_certificate, text->data, text->len);
	expect_refused(&text_certificate, "the certificate", 0);
	expect_refused(&surface_certificate, "the certificate", 0);
	put_original(&text_certificate);
	put_original(&surface_certificate);
}

/* Cut anywhere: refused, and under valgrind and ASAN nothing beyond the end is read. */
static void
cut_records_are_refused(void **state)
{
	const uint8_t *data;
	size_t i, len, whole;

	(void)state;
	for (i = 0; i < LENGTH_OF(records); i++) {
		whole = original(records[i], &data);
		for (len = 1; len<whole; len += whole> 2048 && len > 16 ? 97 : 1) {
			put(records[i], data, len);
			expect_refused(records[i], "the length to", len);
		}
		put_original(records[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(unchanged_records_pass),
			cmocka_unit_test(any_change_of_the_number_is_noticed),
			cmocka_unit_test(any_change_of_the_four_data_is_noticed),
			cmocka_unit_test(any_change_of_the_integrity_record_is_noticed),
			cmocka_unit_test(any_change_of_the_card_key_record_is_noticed),
			cmocka_unit_test(any_change_of_the_age_record_is_noticed),
			cmocka_unit_test(any_change_of_the_number_image_is_noticed),
			cmocka_unit_test(any_change_of_the_face_is_noticed),
			cmocka_unit_test(any_change_of_a_certificate_is_noticed),
			cmocka_unit_test(offset_tables_may_change),
			cmocka_unit_test(headers_change_no_value),
			cmocka_unit_test(padding_may_change),
			cmocka_unit_test(a_signature_of_one_record_is_none_of_another),
			cmocka_unit_test(added_objects_are_not_taken_for_signed_ones),
			cmocka_unit_test(certificates_of_the_other_application_are_foreign),
			cmocka_unit_test(cut_records_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* After any change to a record that matters, the driver serves none of its values and reports that something is wrong. */
#include <string.h>

#include "cmocka-all.h"

#include "records-in-session.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

static size_t
len_of(const struct record *record)
{
	const uint8_t *data;

	return record_original(record, &data);
}

static bool
serves_anything(const struct record *record)
{
	bool any = false;
	size_t i;

	for (i = 0; i < FIELDS_MAX && record->fields[i] != 0; i++) {
		struct secret value = record_value(record->app, record->fields[i]);

		any |= value.data != NULL;
		secret_clear(&value);
	}
	return any;
}

static void
expect_refused(const struct record *record, const char *what, size_t at)
{
	if (serves_anything(record))
		fail_msg("file %04X: served after a change of %s %zu", record->file, what, at);
	if (record_finding(record).kind != FINDING_FAIL)
		fail_msg("file %04X: not found to be wrong after a change of %s %zu", record->file, what, at);
}

static void
expect_genuine(const struct record *record)
{
	size_t i;

	assert_int_equal(record_finding(record).kind, FINDING_OK);
	for (i = 0; i < FIELDS_MAX && record->fields[i] != 0; i++) {
		struct secret value = record_value(record->app, record->fields[i]);

		assert_non_null(value.data);
		secret_clear(&value);
	}
}

/* Flips each bit of the bytes FROM to before TO, one at a time, of large files one or two bits a byte. */
static void
flip_each_bit(const struct record *record, size_t from, size_t to, void (*expect)(const struct record *record, size_t at))
{
	static uint8_t copy[FILE_MAX];
	const uint8_t *data;
	size_t len = record_original(record, &data), at, step = to - from > 2048 ? 7 : 1, bit;

	assert_true(to <= len && len <= sizeof(copy));
	memcpy(copy, data, len);
	for (bit = 8 * from; bit < 8 * to; bit += step) {
		at = bit / 8;
		copy[at] ^= (uint8_t)(1 << bit % 8);
		record_put(record, copy, len);
		expect(record, at);
		copy[at] = data[at];
	}
	record_put_original(record);
	expect_genuine(record);
}

static void
refused_at(const struct record *record, size_t at)
{
	expect_refused(record, "a bit of byte", at);
}

/* The signature of the card face does not cover these fields. */
static bool
is_signed(uint16_t field)
{
	return field != FIELD_FACE_EXPIRY && field != FIELD_FACE_CODE;
}

/* Every signed value that the driver serves is unchanged. If ALL is true, it must serve every value. */
static void
expect_same(const struct record *record, bool all)
{
	struct secret changed[FIELDS_MAX], value;
	size_t i, count;

	for (count = 0; count < FIELDS_MAX && record->fields[count] != 0; count++)
		changed[count] = record_value(record->app, record->fields[count]);
	record_put_original(record);
	for (i = 0; i < count; i++) {
		value = record_value(record->app, record->fields[i]);
		assert_true(changed[i].data != NULL || !all);
		if (all || (changed[i].data != NULL && is_signed(record->fields[i]))) {
			assert_int_equal(changed[i].len, value.len);
			assert_memory_equal(changed[i].data, value.data, value.len);
		}
		secret_clear(&changed[i]);
		secret_clear(&value);
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

static void
unchanged_records_pass(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < RECORDS_COUNT; i++)
		expect_genuine(records[i]);
}

static void
any_change_of_the_number_is_noticed(void **state)
{
	(void)state;
	flip_each_bit(&text_number, 0, len_of(&text_number), refused_at);
}

static void
any_change_of_the_four_data_is_noticed(void **state)
{
	(void)state;
	flip_each_bit(&text_four_data, record_table_offset(&text_four_data, 0), len_of(&text_four_data), refused_at);
}

static void
any_change_of_a_signed_record_is_noticed(void **state)
{
	static const struct record *const signed_records[] = {&text_integrity, &text_key, &age, &number_image};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(signed_records); i++)
		flip_each_bit(signed_records[i], record_header_len(signed_records[i]), len_of(signed_records[i]), refused_at);
}

/* The record holds date of birth to photo, then the signature; the objects behind it (DF29, DF2A) are not signed. */
static void
any_change_of_the_face_is_noticed(void **state)
{
	(void)state;
	flip_each_bit(&face, record_table_offset(&face, 0), record_table_offset(&face, 3), refused_at);
	flip_each_bit(&face, record_table_offset(&face, 3), record_table_offset(&face, 6), refused_at);
	flip_each_bit(&face, record_table_offset(&face, 6), record_table_offset(&face, 7), refused_at);
}

/* A changed issuer id is noticed, too: it names an unknown CA, but the signature verifies with a known CA's key. */
static void
any_change_of_a_certificate_is_noticed(void **state)
{
	static const struct record *const certificates[] = {&text_certificate, &surface_certificate};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(certificates); i++)
		flip_each_bit(certificates[i], 0, len_of(certificates[i]), refused_at);
}

static void
offset_tables_may_change(void **state)
{
	(void)state;
	flip_each_bit(&text_four_data, record_header_len(&text_four_data) + 3, record_table_offset(&text_four_data, 0), harmless_at);
	flip_each_bit(&face, record_header_len(&face) + 3, record_table_offset(&face, 0), harmless_at);
}

/* The signature covers neither tag and length of the record nor those of its offset table. */
static void
headers_change_no_value(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < RECORDS_COUNT; i++)
		flip_each_bit(records[i], 0, record_header_len(records[i]), same_or_refused_at);
	flip_each_bit(&text_four_data, record_header_len(&text_four_data), record_header_len(&text_four_data) + 3, same_or_refused_at);
	flip_each_bit(&face, record_header_len(&face), record_header_len(&face) + 3, same_or_refused_at);
}

static void
padding_may_change(void **state)
{
	static const struct record *const padded[] = {&text_four_data, &text_integrity, &age, &face, &number_image, &text_certificate};
	static uint8_t copy[FILE_MAX];
	const uint8_t *data;
	size_t i, len;

	(void)state;
	for (i = 0; i < LENGTH_OF(padded); i++) {
		len = record_original(padded[i], &data);
		memcpy(copy, data, len);
		memset(copy + len, 0xA5, 16);
		record_put(padded[i], copy, len + 16);
		expect_genuine(padded[i]);
		record_put_original(padded[i]);
	}
}

/* --- parts of genuine records, combined in other ways */

/* Appends an object to the LEN bytes at OUT, with a two-byte length. Returns the new length. */
static size_t
put_object(uint8_t *out, size_t len, unsigned tag, const void *value, size_t value_len)
{
	const uint8_t header[] = {(uint8_t)(tag >> 8), (uint8_t)tag, 0x82, (uint8_t)(value_len >> 8), (uint8_t)value_len};

	assert_true(len + sizeof(header) + value_len <= FILE_MAX);
	memcpy(out + len, header, sizeof(header));
	memcpy(out + len + sizeof(header), value, value_len);
	return len + sizeof(header) + value_len;
}

/* A forged record of the kind of VICTIM: the data that DONOR's signature covers, that signature under the victim's tag, and
 * then objects that the forger chose. */
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
	static uint8_t inner[FILE_MAX], record[FILE_MAX];
	const uint8_t *data;
	size_t len = record_original(forgery->donor, &data), header = record_header_len(forgery->donor), inner_len, i;

	inner_len = len - header - SIGNATURE_HEADER - SIGNATURE_LEN;
	memcpy(inner, data + header, inner_len);
	inner_len = put_object(inner, inner_len, forgery->signature_tag, data + len - SIGNATURE_LEN, SIGNATURE_LEN);
	for (i = 0; i < LENGTH_OF(forgery->forged_tags) && forgery->forged_tags[i] != 0; i++)
		inner_len = put_object(inner, inner_len, forgery->forged_tags[i], forged, forgery->forged_len);
	record_put(forgery->victim, record, put_object(record, 0, forgery->outer, inner, inner_len));
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
		record_put_original(forgeries[i].victim);
	}
}

/* Adds another object before or after the record's own. The driver uses the first object of a tag, which must be signed. */
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
	static uint8_t inner[FILE_MAX], record[FILE_MAX];
	const uint8_t *data;
	size_t i, len, inner_len;

	(void)state;
	for (i = 0; i < LENGTH_OF(additions); i++) {
		len = record_original(additions[i].record, &data);
		data += record_header_len(additions[i].record);
		len -= record_header_len(additions[i].record);
		inner_len = put_object(inner, 0, additions[i].tag, "19000101", 8);
		memcpy(inner + inner_len, data, len);
		record_put(additions[i].record, record, put_object(record, 0, additions[i].outer, inner, inner_len + len));
		expect_refused(additions[i].record, "its beginning, addition", i);
		record_put_original(additions[i].record);
	}
}

/* Adds an object TAG behind the record's own (as furigana would be), and changes the byte at CHANGED; 0: none. */
static void
put_with_further_object(unsigned tag, size_t changed)
{
	static uint8_t inner[FILE_MAX], record[FILE_MAX];
	const uint8_t *data;
	size_t len = record_original(&text_four_data, &data) - record_header_len(&text_four_data);

	memcpy(inner, data + record_header_len(&text_four_data), len);
	inner[changed] ^= changed != 0;
	record_put(&text_four_data, record, put_object(record, 0, 0xFF20, inner, put_object(inner, len, tag, "19000101", 8)));
}

static void
further_objects_are_not_signed(void **state)
{
	static const unsigned tags[] = {0xDF26, 0xDF2F, 0xDF21, 0xDF22, 0xDF25};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(tags); i++) {
		put_with_further_object(tags[i], 0);
		assert_string_equal(record_finding(&text_four_data).text, "signed by the municipality, except for further objects in the record");
		expect_same(&text_four_data, true);
		put_with_further_object(tags[i], 20);
		expect_refused(&text_four_data, "a value, further object", i);
	}
	record_put_original(&text_four_data);
}

static void
certificates_of_the_other_application_are_foreign(void **state)
{
	const uint8_t *text, *surface;
	size_t text_len = record_original(&text_certificate, &text), surface_len = record_original(&surface_certificate, &surface);

	(void)state;
	record_put(&text_certificate, surface, surface_len);
	record_put(&surface_certificate, text, text_len);
	expect_refused(&text_certificate, "the certificate", 0);
	expect_refused(&surface_certificate, "the certificate", 0);
	record_put_original(&text_certificate);
	record_put_original(&surface_certificate);
}

/* A record that is cut anywhere is refused, and valgrind and ASAN see no read beyond its end. */
static void
cut_records_are_refused(void **state)
{
	const uint8_t *data;
	size_t i, len, whole;

	(void)state;
	for (i = 0; i < RECORDS_COUNT; i++) {
		whole = record_original(records[i], &data);
		for (len = 1; len<whole; len += whole> 2048 && len > 16 ? 97 : 1) {
			record_put(records[i], data, len);
			expect_refused(records[i], "the length to", len);
		}
		record_put_original(records[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(unchanged_records_pass),
			cmocka_unit_test(any_change_of_the_number_is_noticed),
			cmocka_unit_test(any_change_of_the_four_data_is_noticed),
			cmocka_unit_test(any_change_of_a_signed_record_is_noticed),
			cmocka_unit_test(any_change_of_the_face_is_noticed),
			cmocka_unit_test(any_change_of_a_certificate_is_noticed),
			cmocka_unit_test(offset_tables_may_change),
			cmocka_unit_test(headers_change_no_value),
			cmocka_unit_test(padding_may_change),
			cmocka_unit_test(a_signature_of_one_record_is_none_of_another),
			cmocka_unit_test(added_objects_are_not_taken_for_signed_ones),
			cmocka_unit_test(further_objects_are_not_signed),
			cmocka_unit_test(certificates_of_the_other_application_are_foreign),
			cmocka_unit_test(cut_records_are_refused),
	};

	return cmocka_run_group_tests(tests, records_setup, records_teardown);
}

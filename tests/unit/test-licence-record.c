/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the reader of licence records: what it accepts, and that it never reads beyond the data. */
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/card/licence-record.h"
#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(text)	 (text), sizeof(text) - 1

/* The beginning of a record, with tags that BER would read as the start of a longer tag, and its end. */
static const char small_record[] = "\xC2\x00\xC5\x07"
				   "5310312\xDF\x02Zz\xE0\x00\xFF\x00\x01\x00\x00\x01\x07\x82\x00\x03jpg";

struct header_case {
	const char *bytes;
	size_t size;
	enum licence_result result;
	unsigned tag;
	size_t value, len;
};

static const struct header_case header_cases[] = {
		{BYTES("\xC2\x00"), LICENCE_FOUND, 0xC2, 2, 0},
		{BYTES("\xDF\x02Zz"), LICENCE_FOUND, 0xDF, 2, 2},
		{BYTES("\xFF\x07"), LICENCE_FOUND, 0xFF, 2, 7},
		{BYTES("\x01\x07\x82\x07\xD0"), LICENCE_FOUND, 0x0107, 5, 2000},
		{BYTES("\x01\x08\x81\x82"), LICENCE_FOUND, 0x0108, 4, 0x82},
		{BYTES("\xC6\x82\xFF\xFF"), LICENCE_FOUND, 0xC6, 4, 0xFFFF},
		{BYTES("\x00\x00"), LICENCE_ABSENT, 0, 0, 0},
		{BYTES(""), LICENCE_CUT, 0, 0, 0},
		{BYTES("\xC2"), LICENCE_CUT, 0, 0, 0},
		{BYTES("\x01"), LICENCE_CUT, 0, 0, 0},
		{BYTES("\x01\x07"), LICENCE_CUT, 0, 0, 0},
		{BYTES("\x01\x07\x82\x07"), LICENCE_CUT, 0, 0, 0},
		{BYTES("\xC6\x81"), LICENCE_CUT, 0, 0, 0},
		{BYTES("\xC6\x80"), LICENCE_MALFORMED, 0, 0, 0},
		{BYTES("\xC6\x83\x00\x00\x01Z"), LICENCE_MALFORMED, 0, 0, 0},
		{BYTES("\xC6\xFF\x00\x00\x01Z"), LICENCE_MALFORMED, 0, 0, 0},
};

static void
header_reads_tags_and_lengths(void **state)
{
	struct licence_object object;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(header_cases); i++) {
		const struct header_case *c = &header_cases[i];
		uint8_t *data = exact_copy(c->bytes, c->size);

		assert_int_equal(licence_object_header(data, c->size, 0, &object), c->result);
		if (c->result == LICENCE_FOUND) {
			assert_int_equal(object.tag, c->tag);
			assert_int_equal(object.value, c->value);
			assert_int_equal(object.len, c->len);
			assert_int_equal(object.end, c->value + c->len);
		}
		free(data);
	}
}

static enum licence_result
find_in(const char *bytes, size_t size, unsigned tag, struct licence_object *object)
{
	uint8_t *data = exact_copy(bytes, size);
	enum licence_result result = licence_object_find(data, size, tag, object);

	free(data);
	return result;
}

static void
find_walks_over_empty_objects_and_tags_that_are_not_ber(void **state)
{
	const size_t size = sizeof(small_record) - 1;
	struct licence_object object;

	(void)state;
	assert_int_equal(find_in(small_record, size, 0xC2, &object), LICENCE_FOUND);
	assert_int_equal(object.len, 0);
	assert_int_equal(find_in(small_record, size, 0xC5, &object), LICENCE_FOUND);
	assert_memory_equal(small_record + object.value, "5310312", 7);
	assert_int_equal(find_in(small_record, size, 0xDF, &object), LICENCE_FOUND);
	assert_memory_equal(small_record + object.value, "Zz", 2);
	assert_int_equal(find_in(small_record, size, LICENCE_TAG_PHOTO, &object), LICENCE_FOUND);
	assert_int_equal(object.end, size);
	assert_int_equal(find_in(small_record, size, 0xC4, &object), LICENCE_ABSENT);
	assert_int_equal(find_in(small_record, size, LICENCE_TAG_KEY_ID, &object), LICENCE_ABSENT);
}

static void
find_refuses_what_no_record_has(void **state)
{
	static const char too_long[] = "\xC3\x02\x01\x01\xC4\x00", unknown[] = "\xB0\x00";
	struct licence_object object;

	(void)state;
	assert_int_equal(find_in(BYTES("\xC5\x00\xC4\x00\xC6\x00"), 0xC6, &object), LICENCE_MALFORMED);
	assert_int_equal(find_in(BYTES("\xC4\x00\xC4\x00\xC6\x00"), 0xC6, &object), LICENCE_MALFORMED);
	assert_int_equal(find_in(BYTES("\xC4\x80\xC6\x00"), 0xC6, &object), LICENCE_MALFORMED);
	assert_int_equal(find_in(too_long, sizeof(too_long) - 1, 0xC3, &object), LICENCE_MALFORMED);
	assert_int_equal(find_in(too_long, sizeof(too_long) - 1, 0xC4, &object), LICENCE_FOUND);
	assert_int_equal(find_in(unknown, sizeof(unknown) - 1, 0xB0, &object), LICENCE_FOUND);
	assert_int_equal(licence_value_max(0xB0), 0);
	assert_int_equal(find_in(BYTES("\xC4\x06Zz"), 0xC4, &object), LICENCE_CUT);
	assert_int_equal(find_in(BYTES("\xC4\x06Zz"), 0xC5, &object), LICENCE_CUT);
	assert_int_equal(find_in(BYTES("\xC4\x00\x00\x00\xC5\x00"), 0xC5, &object), LICENCE_ABSENT);
}

static bool
size_of(const char *bytes, size_t size, size_t max, size_t *found)
{
	uint8_t *data = exact_copy(bytes, size);
	bool known = licence_record_size(data, size, max, found);

	free(data);
	return known;
}

/* The size is known as soon as the header of the last object is. */
static void
size_is_known_after_the_last_header(void **state)
{
	const size_t whole = sizeof(small_record) - 1, header_end = whole - 3;
	size_t len, size = 0;

	(void)state;
	for (len = 0; len < header_end; len++)
		assert_false(size_of(small_record, len, LICENCE_RECORD_MAX, &size));
	for (; len <= whole; len++) {
		assert_true(size_of(small_record, len, LICENCE_RECORD_MAX, &size));
		assert_int_equal(size, whole);
	}
}

static void
size_ends_at_padding_and_at_what_cannot_be_followed(void **state)
{
	size_t size = 0;

	(void)state;
	assert_true(size_of(BYTES("\xC2\x00\x00\x00\x00"), LICENCE_RECORD_MAX, &size));
	assert_int_equal(size, 2);
	assert_true(size_of(BYTES("\xC2\x00\xC3\x80zzz"), LICENCE_RECORD_MAX, &size));
	assert_int_equal(size, 7);
	assert_true(size_of(BYTES("\xC2\x82\xFF\xFFzzz"), LICENCE_RECORD_MAX, &size));
	assert_int_equal(size, 7);
	assert_true(size_of(BYTES("\xC2\x00\xC3\x00"), 4, &size));
	assert_int_equal(size, 4);
	assert_true(size_of(BYTES("\xC2\x00\xC3"), 3, &size));
	assert_int_equal(size, 3);
	assert_false(size_of(BYTES("\xC2\x00\xC3\x00"), LICENCE_RECORD_MAX, &size));
}

/* The published sizes of the two files are the sums of all objects with their longest values (docs/card.md 11.5). */
static void
longest_values_add_up_to_the_sizes_of_the_files(void **state)
{
	size_t record = 0, signature = 0, max;
	unsigned tag;

	(void)state;
	for (tag = 0xC2; tag <= LICENCE_TAG_KEY_ID; tag++) {
		max = licence_value_max(tag);
		assert_int_not_equal(max, 0);
		max += (tag > 0xFF ? 2 : 1) + (max > 0x7F ? 3 : 1);
		if (tag <= LICENCE_TAG_PHOTO)
			record += max;
		else
			signature += max;
	}
	assert_int_equal(record, LICENCE_RECORD_MAX);
	assert_int_equal(signature, LICENCE_SIGNATURE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(header_reads_tags_and_lengths),
			cmocka_unit_test(find_walks_over_empty_objects_and_tags_that_are_not_ber),
			cmocka_unit_test(find_refuses_what_no_record_has),
			cmocka_unit_test(size_is_known_after_the_last_header),
			cmocka_unit_test(size_ends_at_padding_and_at_what_cannot_be_followed),
			cmocka_unit_test(longest_values_add_up_to_the_sizes_of_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

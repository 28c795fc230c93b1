/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the parsers for BER-TLV and simple TLV: what they accept, and that they never read beyond the data. */
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/card/tlv.h"
#include "exact-copy.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

struct ber_case {
	const char *bytes;
	size_t size;
	int result;
	unsigned tag;
	size_t header, len;
};

#define BYTES(text) (text), sizeof(text) - 1

static const struct ber_case ber_cases[] = {
		{BYTES("\x30\x02\x05\x00"), 0, 0x30, 2, 2},
		{BYTES("\x30\x00"), 0, 0x30, 2, 0},
		{BYTES("\x80\x81\x01Z"), 0, 0x80, 3, 1},
		{BYTES("\x80\x82\x00\x01Z"), 0, 0x80, 4, 1},
		{BYTES("\x80\x83\x00\x00\x01Z"), 0, 0x80, 5, 1},
		{BYTES("\xDF\x21\x01Z"), 0, 0xDF21, 3, 1},
		{BYTES("\xFF\x40\x82\x00\x02ZZ"), 0, 0xFF40, 5, 2},
		{BYTES("\x80\x01ZZ"), 0, 0x80, 2, 1},
		{BYTES(""), -1, 0, 0, 0},
		{BYTES("\x30"), -1, 0, 0, 0},
		{BYTES("\x30\x01"), -1, 0, 0, 0},
		{BYTES("\xDF\x21"), -1, 0, 0, 0},
		{BYTES("\xDF\x81\x21\x00"), -1, 0, 0, 0},
		{BYTES("\x30\x80\x00\x00"), -1, 0, 0, 0},
		{BYTES("\x30\x81"), -1, 0, 0, 0},
		{BYTES("\x30\x82\x00"), -1, 0, 0, 0},
		{BYTES("\x30\x82\x00\x02Z"), -1, 0, 0, 0},
		{BYTES("\x30\x84\x00\x00\x00\x01Z"), -1, 0, 0, 0},
		{BYTES("\x30\xFF\x00\x00\x00\x00\x00\x00\x00\x00"), -1, 0, 0, 0},
		{BYTES("\x30\x83\xFF\xFF\xFFZ"), -1, 0, 0, 0},
};

static void
ber_read_takes_whole_objects_only(void **state)
{
	struct tlv tlv;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(ber_cases); i++) {
		const struct ber_case *c = &ber_cases[i];
		uint8_t *data = exact_copy(c->bytes, c->size);

		assert_int_equal(ber_read(data, c->size, &tlv), c->result);
		if (c->result == 0) {
			assert_int_equal(tlv.tag, c->tag);
			assert_int_equal(tlv.header, c->header);
			assert_int_equal(tlv.len, c->len);
			assert_ptr_equal(tlv.start, data);
			assert_ptr_equal(tlv.value, data + c->header);
		}
		free(data);
	}
}

static void
ber_header_does_not_ask_for_the_value(void **state)
{
	struct tlv tlv;
	uint8_t *data = exact_copy("\x30\x82\x05\xDC", 4);

	(void)state;
	assert_int_equal(ber_header(data, 4, &tlv), 0);
	assert_int_equal(tlv.header, 4);
	assert_int_equal(tlv.len, 1500);
	free(data);
}

static void
ber_find_looks_at_siblings(void **state)
{
	static const char objects[] = "\x90\x01\x41\x91\x02\x42\x43\xDF\x21\x01\x44";
	size_t len = sizeof(objects) - 1;
	uint8_t *data = exact_copy(objects, len);
	struct tlv tlv;

	(void)state;
	assert_int_equal(ber_find(data, len, 0x91, &tlv), 0);
	assert_int_equal(tlv.len, 2);
	assert_memory_equal(tlv.value, "BC", 2);
	assert_int_equal(ber_find(data, len, 0xDF21, &tlv), 0);
	assert_memory_equal(tlv.value, "D", 1);
	assert_int_equal(ber_find(data, len, 0x92, &tlv), -1);
	assert_int_equal(ber_find(data, len - 1, 0xDF21, &tlv), -1);
	assert_int_equal(ber_find(data, 0, 0x90, &tlv), -1);
	free(data);
}

struct simple_case {
	const char *bytes;
	size_t size;
	int result;
	size_t header, len;
};

static const struct simple_case simple_cases[] = {
		{BYTES("\x01\x02ZZ"), 0, 2, 2},
		{BYTES("\x01\x00"), 0, 2, 0},
		{BYTES("\x01\xFF\x00\x03ZZZ"), 0, 4, 3},
		{BYTES("\x01\x02ZZ\x02\x01Z"), 0, 2, 2},
		{BYTES(""), -1, 0, 0},
		{BYTES("\x01"), -1, 0, 0},
		{BYTES("\x01\x03ZZ"), -1, 0, 0},
		{BYTES("\x01\xFF"), -1, 0, 0},
		{BYTES("\x01\xFF\x00"), -1, 0, 0},
		{BYTES("\x01\xFF\x00\x04ZZZ"), -1, 0, 0},
};

static void
simple_tlv_takes_whole_objects_only(void **state)
{
	struct tlv tlv;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH_OF(simple_cases); i++) {
		const struct simple_case *c = &simple_cases[i];
		uint8_t *data = exact_copy(c->bytes, c->size);

		assert_int_equal(simple_tlv_read(data, c->size, &tlv), c->result);
		if (c->result == 0) {
			assert_int_equal(tlv.tag, 1);
			assert_int_equal(tlv.len, c->len);
			assert_ptr_equal(tlv.value, data + c->header);
		}
		free(data);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(ber_read_takes_whole_objects_only),
			cmocka_unit_test(ber_header_does_not_ask_for_the_value),
			cmocka_unit_test(ber_find_looks_at_siblings),
			cmocka_unit_test(simple_tlv_takes_whole_objects_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

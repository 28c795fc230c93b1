/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the records of the driving licence differ in the variants of the card. */
#include <string.h>

#include "cmocka-all.h"

#include "licence-content.h"
#include "virtual-card-steps.h"

/* The sizes of both files are the sums of all greatest lengths. */
static void
full_record_has_no_room_left(void **state)
{
	struct object last = {0};
	size_t at = 0, user_defined = 0, missing = 0, i;

	(void)state;
	build("licence-full,licence-unpadded");
	while (at < file(0x001B)->len)
		at = next_object(file(0x001B), at, &last);
	assert_int_equal(at, 5845);
	assert_int_equal(last.tag, 0x0107);
	assert_int_equal(last.len, 2000);
	assert_memory_equal(last.value, "\xFF\x4F\xFF\x51", 4);
	assert_value(0xC4, "243D244E423E");
	assert_value(0xEB, "35303230323032");
	for (i = 0xEC; i <= 0xFA; i++)
		assert_value((unsigned)i, "01");
	assert_int_equal(object(0x001B, 0xCA).len, 256);
	for (i = 0; i < object(0x001B, 0xC8).len; i += 2) {
		user_defined += memcmp(object(0x001B, 0xC8).value + i, "\xFF\xF1", 2) == 0;
		missing += memcmp(object(0x001B, 0xC8).value + i, "\xFF\xFA", 2) == 0;
	}
	assert_int_equal(user_defined, 1);
	assert_int_equal(missing, 1);
}

static void
history_has_no_field_of_a_licence(void **state)
{
	static const unsigned licence[] = {0xC4, 0xC5, 0xC6, 0xC7, 0xE7};
	size_t i;

	(void)state;
	build("licence-history");
	for (i = 0; i < sizeof(licence) / sizeof(licence[0]); i++)
		assert_value(licence[i], "");
	assert_value(0xC2, "35303730343031");
	assert_int_equal(object(0x001B, 0xC3).len, 1);
	assert_value(0xE8, "393930393938373635343332");
	assert_value(0xE9, "34323730343031");
	assert_value(0xED, "01");
	assert_in_range(object(0x001B, 0x0107).len, 500, 2000);
}

static void
long_form_has_81(void **state)
{
	(void)state;
	build("licence-long-form");
	assert_memory_equal(file(0x001B)->data, "\xC2\x81\x00\xC3\x81\x00\xC4\x81\x04", 9);
	assert_value(0xE7, "393930393132333435363730");
	assert_int_equal(object(0x001C, 0x0109).value[-2], 0x81);
	assert_int_equal(object(0x001B, 0x0107).value[-3], 0x82);
}

static void
old_forms_are_padded(void **state)
{
	struct object first;

	(void)state;
	build("licence-old-forms");
	assert_value(0xC4, "4D254E490000");
	assert_value(0xEB, "34303030303030");
	assert_value(0xC8, "");
	first = object(0x001B, 0xC6);
	assert_int_equal(first.len, 80);
	assert_memory_equal(first.value, "\x34\x63\x36\x40\x45\x79\x21\x21", 8);
	assert_memory_equal(first.value + 78, "\x21\x21", 2);
}

static void
torn_record_ends_in_its_photo(void **state)
{
	size_t len;

	(void)state;
	build("licence");
	len = record_len(file(0x001B));
	build("licence-torn");
	assert_in_range(file(0x001B)->len, BEFORE_PHOTO + PHOTO_HEAD + 100, len - 100);
	assert_int_equal(record_len(file(0x001B)), len);
}

static void
unpadded_files_end_with_their_content(void **state)
{
	(void)state;
	build("licence-unpadded");
	assert_int_equal(file(0x001B)->len, record_len(file(0x001B)));
	assert_int_equal(file(0x001C)->len, SIGNATURE_HEAD + SIGNATURE_LEN + 19 + 3 + 24 + 24 + 35);
	assert_true(signature_covers(file(0x001B)->len));
}

static void
signature_may_cover_the_padding(void **state)
{
	(void)state;
	build("licence-signed-ef");
	assert_int_equal(file(0x001B)->len, 5845);
	assert_true(signature_covers(5845));
	assert_false(signature_covers(record_len(file(0x001B))));
}

/* The record differs from the plain one in one byte: the class of medium vehicles. */
static void
tampered_record_has_one_class_more(void **state)
{
	uint8_t plain[5845];
	size_t i, differences = 0;

	(void)state;
	build("licence");
	memcpy(plain, file(0x001B)->data, sizeof(plain));
	build("tamper-licence");
	assert_value(0xF8, "01");
	for (i = 0; i < sizeof(plain); i++)
		differences += plain[i] != file(0x001B)->data[i];
	assert_int_equal(differences, 1);
	assert_false(signature_covers(record_len(file(0x001B))));
	assert_false(signature_covers(5845));
}

/* The other person's record is genuine too, because the same commission has signed it. */
static void
other_licence_is_signed_by_the_same_key(void **state)
{
	uint8_t plain[12];

	(void)state;
	build("licence");
	memcpy(plain, object(0x001B, 0xE7).value, sizeof(plain));
	build("licence,other=licence:001B");
	assert_memory_not_equal(object(0x001B, 0xE7).value, plain, sizeof(plain));
	assert_memory_equal(object(0x001B, 0xE7).value, "9909", 4);
	assert_false(signature_covers(record_len(file(0x001B))));
	build("licence,other=licence:001B,other=licence:001C");
	assert_true(signature_covers(record_len(file(0x001B))));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_teardown(full_record_has_no_room_left, free_content),
			cmocka_unit_test_teardown(history_has_no_field_of_a_licence, free_content),
			cmocka_unit_test_teardown(long_form_has_81, free_content),
			cmocka_unit_test_teardown(old_forms_are_padded, free_content),
			cmocka_unit_test_teardown(torn_record_ends_in_its_photo, free_content),
			cmocka_unit_test_teardown(unpadded_files_end_with_their_content, free_content),
			cmocka_unit_test_teardown(signature_may_cover_the_padding, free_content),
			cmocka_unit_test_teardown(tampered_record_has_one_class_more, free_content),
			cmocka_unit_test_teardown(other_licence_is_signed_by_the_same_key, free_content),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares the virtual card's records byte for byte with what is known of real test cards. */
#include <string.h>

#include "cmocka-all.h"

#include "virtual-card/persona.h"
#include "virtual-card/records.h"

/* EF 0002 of the text application of a JPKI test card (fictitious person), as published by the authors of myna-card: 104
 * bytes. */
static const uint8_t test_card_four_data[] = {
		0xff, 0x20, 0x65, 0xdf, 0x21, 0x08, 0x00, 0x0e, 0x00, 0x20, 0x00, 0x59, 0x00, 0x64, 0xdf, 0x22, 0x0f, 0xe9, 0xbb, 0x92,
		0xe6, 0xa1, 0x90, 0xe3, 0x80, 0x80, 0xe5, 0xb9, 0xb9, 0xe4, 0xb9, 0x9f, 0xdf, 0x23, 0x36, 0xe6, 0x9d, 0xb1, 0xe4, 0xba,
		0xac, 0xe9, 0x83, 0xbd, 0xe6, 0xb8, 0x85, 0xe7, 0x80, 0xac, 0xe5, 0xb8, 0x82, 0xe8, 0xa6, 0xb3, 0xe5, 0xb8, 0x83, 0xe5,
		0xad, 0x90, 0xe5, 0x8d, 0x97, 0xef, 0xbc, 0x91, 0xef, 0xbc, 0x92, 0xef, 0xbc, 0x8d, 0xef, 0xbc, 0x97, 0xef, 0xbc, 0x8d,
		0xef, 0xbc, 0x92, 0xef, 0xbc, 0x90, 0xef, 0xbc, 0x92, 0xdf, 0x24, 0x08, 0x31, 0x39, 0x38, 0x30, 0x30, 0x32, 0x31, 0x37,
		0xdf, 0x25, 0x01, 0x31};

static void
four_data_is_that_of_the_test_card(void **state)
{
	static const struct persona persona = {.name = "黒桐　幹也", .address = "東京都清瀬市観布子南１２－７－２０２", .birth = "19800217", .sex = "1"};
	struct bytes record = record_four_data(&persona, NULL, SHORT_LENGTHS);

	(void)state;
	assert_int_equal(record.len, sizeof(test_card_four_data));
	assert_memory_equal(record.data, test_card_four_data, sizeof(test_card_four_data));
	bytes_free(&record);
}

static void
card_number_is_that_of_the_test_card(void **state)
{
	static const char expected[] = "\x01\x1C"
				       "4000000127198431322120350217";
	struct persona persona = {.serial = "400000012719843", .municipality = "13221", .card_expiry = "20350217"};
	struct bytes record = record_card_number(&persona);

	(void)state;
	assert_int_equal(record.len, sizeof(expected) - 1);
	assert_memory_equal(record.data, expected, sizeof(expected) - 1);
	bytes_free(&record);
}

static void
code_b_is_that_of_the_test_card(void **state)
{
	struct persona persona = {.birth = "19800217", .era_year = "55", .card_expiry = "20350217", .security_code = "2285"};

	(void)state;
	persona_complete(&persona);
	assert_string_equal(persona.code_b, "55021720352285");
	assert_string_equal(persona.birth_code, "550217");
}

static void
number_record_ends_with_two_bytes_ff(void **state)
{
	struct bytes record = record_number("123456789018");

	(void)state;
	assert_int_equal(record.len, 17);
	assert_memory_equal(record.data, "\xFF\x10\x0C"
					 "123456789018\xFF\xFF",
			17);
	bytes_free(&record);
}

static void
token_information_has_160_bytes(void **state)
{
	struct bytes info = record_token_info("JPKIAPICCTOKEN2");

	(void)state;
	assert_int_equal(info.len, 160);
	assert_memory_equal(info.data, "JPKIAPICCTOKEN2                 ", 32);
	assert_memory_equal(info.data + 96, "\x00\x00\x04\x0D", 4);
	bytes_free(&info);
}

static void
check_digit_of_published_numbers(void **state)
{
	(void)state;
	/* the test card's number, and one whose remainder is 0 or 1 */
	assert_int_equal(persona_check_digit("53768667718"), '8');
	assert_int_equal(persona_check_digit("00000000000"), '0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(four_data_is_that_of_the_test_card),
			cmocka_unit_test(card_number_is_that_of_the_test_card),
			cmocka_unit_test(code_b_is_that_of_the_test_card),
			cmocka_unit_test(number_record_ends_with_two_bytes_ff),
			cmocka_unit_test(token_information_has_160_bytes),
			cmocka_unit_test(check_digit_of_published_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares the records of the driving licence byte for byte with the published example. */
#include <string.h>

#include "cmocka-all.h"

#include "licence-content.h"
#include "virtual-card-steps.h"

static const char example[] =
		"C200C300C4044D254E49C50735313330333132C606346336404579"
		"C7323D604366373F2447313F453E2447242D246B3D604366373F3C56244F3D604366373F3C56214A23352374214B244B3842246B"
		"C800C900CA00CB00CC00CD00CE00CF00D000D100D200D300D400D500D600D700D800D900DA00DB00DC00DD00DE00"
		"DF00E000E100E200E300E400E500E600E70C393930393132333435363730E800E90734323730343031EA0734323830353230EB00"
		"EC0100ED0101EE0100EF0100F00101F10100F20101F30100F40100F50100F60100F70100F80100F90100FA0100"
		"FB00FC00FD00FE00FF00010000010100010200010300010400010500010600";

static void
record_is_the_example(void **state)
{
	uint8_t expected[BEFORE_PHOTO];
	const struct vc_item *record;
	size_t i;

	(void)state;
	build("licence");
	record = file(0x001B);
	assert_int_equal(unhex(example, expected), BEFORE_PHOTO);
	assert_int_equal(record->len, 5845);
	assert_memory_equal(record->data, expected, BEFORE_PHOTO);
	assert_in_range(record_len(record), BEFORE_PHOTO + 500, BEFORE_PHOTO + PHOTO_HEAD + 2000);
	assert_memory_equal(record->data + BEFORE_PHOTO + PHOTO_HEAD, "\0\0\0\x0CjP  ", 8);
	for (i = record_len(record); i < record->len; i++)
		assert_int_equal(record->data[i], 0x00);
}

static void
signature_is_of_the_record_without_padding(void **state)
{
	(void)state;
	build("licence");
	assert_true(signature_covers(record_len(file(0x001B))));
	assert_false(signature_covers(record_len(file(0x001B)) - 1));
	assert_false(signature_covers(file(0x001B)->len));
}

/* Compares what follows the signature value: serial number, reserved, issuer, subject, key identifier. */
static void
signature_record_names_the_signer(void **state)
{
	static const char names[] = "010910"
				    "39393030303030303030303030303031"
				    "010A00"
				    "010B15"
				    "434E3D5465737420436F6D6D697373696F6E203939"
				    "010C15"
				    "434E3D5465737420436F6D6D697373696F6E203939"
				    "010D20";
	uint8_t expected[128], id[KEY_ID_LEN];
	const struct vc_item *signature;
	size_t len = unhex(names, expected);
	const uint8_t *rest;

	(void)state;
	build("licence");
	EVP_PKEY_free(trusted_key(id));
	signature = file(0x001C);
	rest = signature->data + SIGNATURE_HEAD + SIGNATURE_LEN;
	assert_int_equal(signature->len, 584);
	assert_memory_equal(signature->data, "\x01\x08\x82\x01\x00", SIGNATURE_HEAD);
	assert_memory_equal(rest, expected, len);
	assert_memory_equal(rest + len, id, KEY_ID_LEN);
	for (rest += len + KEY_ID_LEN; rest < signature->data + signature->len; rest++)
		assert_int_equal(*rest, 0x00);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_teardown(record_is_the_example, free_content),
			cmocka_unit_test_teardown(signature_is_of_the_record_without_padding, free_content),
			cmocka_unit_test_teardown(signature_record_names_the_signer, free_content),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}

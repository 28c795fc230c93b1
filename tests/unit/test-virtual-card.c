/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the virtual card with the scenarios, and with checks that a table of answers cannot express. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "virtual-card-steps.h"

#define TESTS_MAX 128

static struct virtual_card card;

static int
close_card(void **state)
{
	(void)state;
	vc_card_close(&card);
	return 0;
}

static void
test_scenario(void **state)
{
	const struct scenario *scenario = *state;

	open_new_card(&card, scenario->variants);
	run_steps(&card, scenario->steps);
}

/* How OpenSSL verifies the signature that each P1 of 80 2A makes: the command with its input, and the data that is signed. */
static const struct {
	const char *command;
	int padding;
	bool hashed; /* the signature is made with SHA-256; else of the raw input */
} signatures[] = {
		{"802A0097 20" HASH32 "00", RSA_PKCS1_PADDING, false},
		{"802A0197 20" HASH32 "00", RSA_PKCS1_PADDING, false},
		{"802A0297 20" HASH32 "00", RSA_PKCS1_PADDING, true},
		{"802A0397 20" HASH32 "00", RSA_PKCS1_PADDING, true},
		{"802A0497 20" HASH32 "00", RSA_PKCS1_PSS_PADDING, true},
		{"802A0597 20" HASH32 "00", RSA_PKCS1_PSS_PADDING, true},
};

static int
verify_signature(EVP_PKEY *key, int padding, bool hashed, const uint8_t *hash, const uint8_t *signature, size_t len)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
	int rc;

	assert_non_null(ctx);
	assert_int_equal(EVP_PKEY_verify_init(ctx), 1);
	assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(ctx, padding), 1);
	if (hashed)
		assert_int_equal(EVP_PKEY_CTX_set_signature_md(ctx, EVP_sha256()), 1);
	if (padding == RSA_PKCS1_PSS_PADDING)
		assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, 32), 1);
	rc = EVP_PKEY_verify(ctx, signature, len, hash, 32);
	EVP_PKEY_CTX_free(ctx);
	return rc;
}

static void
test_signatures_verify(void **state)
{
	static const struct step unlock[] = {{"00A4040C0A D392F000260100000001", "9000"}, {"00200098<18>", "9000"}, {NULL, NULL}};
	static uint8_t answer[VC_ANSWER_MAX];
	uint8_t input[32], hash[32];
	const struct vc_item *key;
	size_t i;

	(void)state;
	open_new_card(&card, NULL);
	run_steps(&card, unlock);
	key = vc_content_find(&card.content, VC_JPKI, 0x0017);
	assert_non_null(key);
	for (i = 0; i < sizeof(input); i++)
		input[i] = (uint8_t)(0x11 * (i % 16));
	assert_int_equal(EVP_Digest(input, sizeof(input), hash, NULL, EVP_sha256(), NULL), 1);
	for (i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		assert_int_equal(exchange_hex(&card, signatures[i].command, answer), 258);
		assert_int_equal(verify_signature(key->key, signatures[i].padding, signatures[i].hashed, i % 2 == 0 ? input : hash, answer, 256), 1);
	}
}

/* Every file of the content must have an access rule, and every PIN a limit; otherwise no command could use it. */
static void
test_structure_covers_content(void **state)
{
	const struct vc_item *item;
	size_t i;

	(void)state;
	open_new_card(&card, NULL);
	for (i = 0; i < card.content.count; i++) {
		item = &card.content.items[i];
		if (item->kind == VC_PIN)
			assert_in_range(vc_pin_number(item->app, item->id), 0, VC_PINS_MAX);
		else if (item->kind != VC_DATA && vc_file_rule(item->app, item->id, &card.variant) == NULL)
			fail_msg("no access rule for EF %04X of application %d", item->id, item->app);
	}
}

/* The counters and a changed PIN belong to the card, so other processes and later ones see them too. */
static void
test_state_is_kept(void **state)
{
	static const struct step change[] = {{"00A4040C0A D392F000260100000001", "9000"}, {"00200098<18>", "9000"}, {"00240198 04 39383736", "9000"}, {"0020009B<1B!>", "63C4"}, {NULL, NULL}};
	static const struct step later[] = {{"0020009B", "63C4"}, {"00200098 04 39383736", "9000"}, {"00200098<18>", "63C2"}, {NULL, NULL}};
	static struct virtual_card other;
	struct vc_variant none = {0};

	(void)state;
	open_new_card(&card, NULL);
	run_steps(&card, change);
	assert_int_equal(vc_card_open(&other, persona_dir, &none, NULL), 0);
	run_steps(&other, later); /* JPKI is still selected, because both processes use one card */
	vc_card_close(&other);
}

static void
test_pulled_card_loses_power(void **state)
{
	static const struct step unlock[] = {{"00A4040C0A D392F000260100000001", "9000"}, {"00200098<18>", "9000"}, {NULL, NULL}};
	static uint8_t answer[VC_ANSWER_MAX];

	(void)state;
	open_new_card(&card, NULL);
	run_steps(&card, unlock);
	vc_card_pull(&card);
	assert_false(vc_card_present(&card));
	vc_card_power_on(&card);
	assert_int_equal(exchange_hex(&card, "0084000001", answer), 0);
}

static void
test_variant_names(void **state)
{
	struct vc_variant variant = {0};

	(void)state;
	assert_int_equal(vc_variant_parse(&variant, "child,atr-type-b-1,seed=7"), 0);
	assert_true(vc_variant_has(&variant, VC_V_CHILD));
	assert_false(vc_variant_has(&variant, VC_V_ANDROID));
	assert_string_equal(variant.atr, "type-b-1");
	assert_int_equal(variant.seed, 7);
	assert_int_equal(vc_variant_parse(&variant, "seed=x"), -1);
	assert_int_equal(vc_variant_parse(&variant, "atr-none"), -1);
	assert_int_equal(vc_variant_parse(&variant, "grown-up"), -1);
}

/* TCK, the last byte, makes the exclusive-or of all bytes but TS zero (ISO 7816-3). */
static void
test_atrs_check(void **state)
{
	const struct vc_atr *atrs;
	size_t i, j, count;
	uint8_t check;

	(void)state;
	atrs = vc_atr_all(&count);
	assert_true(count > 0);
	for (i = 0; i < count; i++) {
		for (j = 1, check = 0; j < atrs[i].len; j++)
			check ^= atrs[i].bytes[j];
		if (check != 0)
			fail_msg("ATR %s", atrs[i].name);
	}
}

/* Appends a test for each scenario. Returns the new number of tests. */
static size_t
add_scenarios(struct CMUnitTest *tests, size_t count, const struct scenarios *scenarios)
{
	size_t i;

	for (i = 0; i < scenarios->count && count < TESTS_MAX; i++)
		tests[count++] = (struct CMUnitTest){
				.name = scenarios->list[i].name,
				.test_func = test_scenario,
				.teardown_func = close_card,
				.initial_state = (void *)(uintptr_t)&scenarios->list[i],
		};
	return count;
}

int
main(void)
{
	const struct CMUnitTest others[] = {
			cmocka_unit_test_teardown(test_signatures_verify, close_card),
			cmocka_unit_test_teardown(test_structure_covers_content, close_card),
			cmocka_unit_test_teardown(test_state_is_kept, close_card),
			cmocka_unit_test_teardown(test_pulled_card_loses_power, close_card),
			cmocka_unit_test(test_variant_names),
			cmocka_unit_test(test_atrs_check),
	};
	static struct CMUnitTest tests[TESTS_MAX];
	size_t count = sizeof(others) / sizeof(others[0]);

	memcpy(tests, others, sizeof(others));
	count = add_scenarios(tests, count, &card_scenarios);
	count = add_scenarios(tests, count, &variant_scenarios);
	count = add_scenarios(tests, count, &later_scenarios);
	return count == TESTS_MAX ? EXIT_FAILURE : _cmocka_run_group_tests("virtual card", tests, count, group_setup, group_teardown);
}

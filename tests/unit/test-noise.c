/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A card that answers with random bytes causes only errors or values, never a crash. */
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/operations/files.h"
#include "card-driver/session/application.h"
#include "card-driver/session/load.h"
#include "card-driver/content/identity.h"
#include "card-driver/content/fields.h"
#include "card-driver/operations/sign.h"
#include "scripted-card.h"

#define NOISE_RUNS    2000
#define EXCHANGES_MAX 5000

static unsigned long noise;
static unsigned exchanges;

/* A generator with the same numbers in each run (Knuth's MMIX). */
static unsigned
dice(unsigned sides)
{
	noise = noise * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(noise >> 33) % sides;
}

/* Answers with random bytes, half of the time behind the header of an object, whose length may or may not fit. */
static void
make_noise(sc_apdu_t *apdu)
{
	static const uint8_t starts[][4] = {{0xFF, 0x20, 0x82, 0x01}, {0xFF, 0x20, 0x20, 0xDF}, {0x7F, 0x21, 0x83, 0xFF}, {0x30, 0x82, 0x06, 0xC0}};
	size_t i;

	for (i = 0; i < apdu->resplen; i++)
		apdu->resp[i] = (uint8_t)dice(256);
	if (apdu->resplen >= sizeof(starts[0]) && dice(2))
		memcpy(apdu->resp, starts[dice(4)], sizeof(starts[0]));
	if (dice(3) == 0)
		apdu->resplen = dice((unsigned)apdu->resplen + 1);
	scripted.noise_len = apdu->resplen;
	scripted_answer(apdu, SW_OK);
}

static int
answer_with_noise(sc_apdu_t *apdu)
{
	static const unsigned words[] = {0x6982, 0x6A82, 0x6282, 0x6B00, 0x6F00, 0x63C1, 0x63C0, 0x6985, 0x6A80, 0x6D00, 0x6700, 0x0000};

	assert_in_range(++exchanges, 1, EXCHANGES_MAX);
	switch (dice(40)) {
	case 0:
		session_forget(session);
		return dice(2) ? SC_ERROR_CARD_RESET : SC_ERROR_READER_REATTACHED;
	case 1:
		return SC_ERROR_TRANSMIT_FAILED;
	case 2:
		scripted_answer(apdu, words[dice(sizeof(words) / sizeof(words[0]))]);
		return SC_SUCCESS;
	default:
		if (dice(4) == 0)
			return SCRIPT_AS_USUAL;
		make_noise(apdu);
		return SC_SUCCESS;
	}
}

static void
read_everything(void)
{
	const struct loaded_file *loaded;
	struct secret value = {0};
	size_t i;
	unsigned id;

	for (i = 0; i < card_files_count; i++)
		if (load_file(session, &card_files[i], FILE_WHOLE, &loaded) == SC_SUCCESS)
			assert_true(loaded->content.len == 0 || loaded->content.data != NULL);
	for (id = FIELD_CARD_NUMBER; id <= FIELD_REPORT; id++)
		for (i = 0; i < APP_COUNT; i++) {
			const struct card_field *field = card_field_find((enum app_id)i, (uint16_t)id);

			if (field != NULL)
				(void)field_read(session, field, &value);
			secret_clear(&value);
		}
}

static void
sign_with_everything(void)
{
	uint8_t hash[32] = {0}, signature[SHORT_ANSWER_MAX];
	size_t i;

	for (i = 0; i < card_keys_count; i++) {
		sc_security_env_t env = {.operation = SC_SEC_OPERATION_SIGN, .flags = SC_SEC_ENV_KEY_REF_PRESENT, .key_ref_len = 1};

		env.key_ref[0] = (u8)card_keys[i].id;
		env.algorithm_flags = COMPAT_RSA_PAD_PKCS1_SIGN;
		assert_int_equal(sign_set_environment(session, &env), SC_SUCCESS);
		(void)sign_compute(session, hash, sizeof(hash), signature, sizeof(signature));
	}
}

/* Each call must end in an error or a value after a limited number of exchanges; --enable-asan and --enable-ubsan detect
 * more errors. */
static void
test_noise(void **state)
{
	unsigned run;
	size_t i;

	(void)state;
	scripted.twist = answer_with_noise;
	session->settings.my_number = true;
	for (run = 0; run < NOISE_RUNS; run++) {
		noise = run;
		exchanges = 0;
		session->settings.verify_records = (enum verify_records)(run % 3);
		(void)identity_load(session);
		for (i = 0; i < card_pins_count; i++)
			session->pin_states[card_pins[i].id].verified = dice(4) > 0;
		read_everything();
		sign_with_everything();
		(void)scripted_verify(PIN_AUTH);
		(void)application_logout(session);
		session_forget(session);
		session->who.first_serial[0] = '\0';
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_noise, scripted_setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The session with a card and reader that no virtual card is: replaced by another, without mercy, or malicious. */
#include <string.h>

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "cmocka-all.h"

#include "card-driver/files.h"
#include "card-driver/identity.h"
#include "card-driver/pin.h"
#include "card-driver/public-key.h"
#include "card-driver/session.h"
#include "card-driver/sign.h"

#define INS_VERIFY	0x20
#define INS_SELECT	0xA4
#define INS_READ_BINARY 0xB0
#define INS_READ_RECORD 0xB2
#define SELECT_BY_NAME	0x04
#define BY_SFI		0x80
#define OK		0x9000
#define FILE_LEN	0x200
#define ONE_CARD	"1234567890123451310120300101"
#define OTHER_CARD	"9876543210987651310120300101"

/* A card that does everything, but for what the test makes it do. */
static struct {
	const char *number; /* of the card, 28 digits; NULL: no such application */
	const struct application *selected;
	unsigned verified, reads;
	size_t noise_len;	       /* bytes that the twist has answered with */
	size_t read_max;	       /* bytes at a time */
	int (*twist)(sc_apdu_t *apdu); /* 1: as usual; else what sc_transmit_apdu() returns, or SC_SUCCESS with a status word set */
} fake;

static sc_context_t ctx;
static struct sc_reader reader;
static sc_card_t card;
static struct session *session;

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

static void
answer(sc_apdu_t *apdu, unsigned sw)
{
	apdu->sw1 = sw >> 8;
	apdu->sw2 = sw & 0xFF;
}

static void
do_select(sc_apdu_t *apdu)
{
	const struct application *app = application_by_aid(apdu->data, apdu->datalen);

	if (app == NULL || (app->id == APP_COMMON && fake.number == NULL)) {
		answer(apdu, 0x6A82);
		return;
	}
	fake.selected = app;
	answer(apdu, OK);
}

/* Every file is FF20 { DF22 { 20 20 ... } }. */
static void
do_read(sc_apdu_t *apdu)
{
	static const uint8_t head[] = {0xFF, 0x20, 0x82, 0x01, 0xFB, 0xDF, 0x22, 0x82, 0x01, 0xF6};
	size_t offset = apdu->p1 & BY_SFI ? apdu->p2 : (size_t)(apdu->p1 << 8 | apdu->p2), i;

	fake.reads++;
	if (apdu->resplen > fake.read_max)
		apdu->resplen = fake.read_max;
	for (i = 0; i < apdu->resplen; i++)
		apdu->resp[i] = offset + i < sizeof(head) ? head[offset + i] : ' ';
	answer(apdu, OK);
}

static void
do_read_record(sc_apdu_t *apdu)
{
	apdu->resp[0] = 0x01;
	apdu->resp[1] = 28;
	memcpy(apdu->resp + 2, fake.number, 28);
	apdu->resplen = 30;
	answer(apdu, OK);
}

int
sc_transmit_apdu(sc_card_t *used, sc_apdu_t *apdu)
{
	int r = fake.twist == NULL ? 1 : fake.twist(apdu);

	(void)used;
	if (r != 1) {
		apdu->resplen = fake.noise_len;
		fake.noise_len = 0;
		return r;
	}
	if (apdu->ins == INS_SELECT && apdu->p1 == SELECT_BY_NAME)
		do_select(apdu);
	else if (apdu->ins == INS_READ_BINARY)
		do_read(apdu);
	else if (apdu->ins == INS_READ_RECORD && fake.number != NULL)
		do_read_record(apdu);
	else
		answer(apdu, OK);
	if (apdu->ins == INS_VERIFY && apdu->datalen > 0)
		fake.verified++;
	else if (apdu->ins == INS_VERIFY)
		answer(apdu, 0x63C3);
	return SC_SUCCESS;
}

/* --- tests */

static int
setup(void **state)
{
	(void)state;
	memset(&fake, 0, sizeof(fake));
	fake.number = ONE_CARD;
	fake.read_max = SIZE_MAX;
	ctx.debug_file = fopen("/dev/null", "w");
	reader.max_recv_size = 65536;
	card = (sc_card_t){.ctx = &ctx, .reader = &reader, .caps = SC_CARD_CAP_APDU_EXT, .type = CARD_TYPE_MYNUMBER};
	session = session_new(&card);
	return ctx.debug_file == NULL || session == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	session_free(session);
	fclose(ctx.debug_file);
	return 0;
}

/* What OpenSC does where the reader was plugged in again: it connects, tells the driver, and ends the exchange. */
static int
reattach(const sc_apdu_t *apdu, unsigned ins)
{
	if (apdu->ins != ins)
		return 1;
	fake.twist = NULL;
	session_forget(session);
	return SC_ERROR_READER_REATTACHED;
}

static int
reattach_at_read(sc_apdu_t *apdu)
{
	return reattach(apdu, INS_READ_BINARY);
}

static void
test_nothing_is_read_into_what_was_forgotten(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	fake.twist = reattach_at_read;
	assert_int_equal(files_load(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_READER_REATTACHED);
	assert_int_equal(fake.reads, 0);
	assert_int_equal(files_load(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_SUCCESS);
	assert_int_equal(loaded->have, FILE_LEN);
}

static int
verify(enum pin_id pin)
{
	struct sc_pin_cmd_data data = {.cmd = SC_PIN_CMD_VERIFY, .pin_reference = (int)pin};

	data.pin1.data = (const u8 *)"1234";
	data.pin1.len = 4;
	return pin_command(session, &data);
}

static void
test_no_pin_for_another_card(void **state)
{
	(void)state;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(verify(PIN_AUTH), SC_SUCCESS);
	session_forget(session);
	assert_int_equal(verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(fake.verified, 2);
	session_forget(session);
	fake.number = OTHER_CARD;
	assert_int_equal(verify(PIN_AUTH), SC_ERROR_CARD_REMOVED);
	assert_int_equal(verify(PIN_TEXT), SC_ERROR_CARD_REMOVED);
	assert_int_equal(fake.verified, 2);
	fake.number = ONE_CARD;
	assert_int_equal(verify(PIN_AUTH), SC_SUCCESS);
}

static void
test_no_data_of_another_card(void **state)
{
	const struct card_file *file = card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	unsigned reads;

	(void)state;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(files_load(session, file, FILE_WHOLE, &loaded), SC_SUCCESS);
	reads = fake.reads;
	session_forget(session);
	fake.number = OTHER_CARD;
	assert_int_equal(files_load(session, file, FILE_WHOLE, &loaded), SC_ERROR_CARD_REMOVED);
	assert_int_equal(files_load(session, file, FILE_WHOLE, &loaded), SC_ERROR_CARD_REMOVED);
	assert_int_equal(fake.reads, reads);
	fake.number = ONE_CARD;
	assert_int_equal(files_load(session, file, FILE_WHOLE, &loaded), SC_SUCCESS);
}

static int
fail_at_third_read(sc_apdu_t *apdu)
{
	return apdu->ins == INS_READ_BINARY && fake.reads >= 2 ? SC_ERROR_TRANSMIT_FAILED : 1;
}

static void
test_no_serial_number_of_half_the_card(void **state)
{
	(void)state;
	fake.number = NULL;
	fake.twist = fail_at_third_read;
	assert_int_equal(identity_load(session), SC_ERROR_TRANSMIT_FAILED);
	fake.twist = NULL;
	assert_int_equal(identity_load(session), SC_SUCCESS);
	assert_int_equal(strlen(session->identity.serial), 16);
}

/* Selects the name in the text application, which its PIN opens. */
static int
select_name(void)
{
	sc_path_t path = {.type = SC_PATH_TYPE_PATH, .value = {FIELD_NAME >> 8, FIELD_NAME & 0xFF}, .len = 2};
	sc_file_t *file = NULL;
	int r;

	session->settings.verify_records = VERIFY_NO;
	memcpy(path.aid.value, applications[APP_TEXT].aid, applications[APP_TEXT].aid_len);
	path.aid.len = applications[APP_TEXT].aid_len;
	r = files_select(session, &path, &file);
	sc_file_free(file);
	return r;
}

static void
test_a_value_goes_with_its_pin(void **state)
{
	uint8_t value[FILE_LEN];

	(void)state;
	assert_int_equal(verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(select_name(), SC_SUCCESS);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), 0x1F6);
	assert_int_equal(session_logout(session), SC_SUCCESS);
	assert_null(session->value.data);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	assert_int_equal(verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), 0x1F6);
	session_forget(session);
	assert_int_equal(files_read_binary(session, 0, value, sizeof(value)), SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
}

static int
no_card_manager(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_SELECT || apdu->p1 != SELECT_BY_NAME || apdu->datalen != 7)
		return 1;
	answer(apdu, 0x6A82);
	return SC_SUCCESS;
}

static void
test_logout_without_a_card_manager(void **state)
{
	(void)state;
	fake.twist = no_card_manager;
	assert_int_equal(verify(PIN_AUTH), SC_SUCCESS);
	assert_int_equal(session_logout(session), SC_SUCCESS);
	assert_ptr_not_equal(fake.selected, &applications[APP_JPKI]);
	assert_int_equal(verify(PIN_TEXT), SC_SUCCESS);
	assert_int_equal(session_logout(session), SC_SUCCESS);
	assert_ptr_not_equal(fake.selected, &applications[APP_TEXT]);
}

static int
no_short_identifiers(sc_apdu_t *apdu)
{
	if (apdu->ins != INS_READ_BINARY || !(apdu->p1 & BY_SFI))
		return 1;
	answer(apdu, 0x6B00);
	return SC_SUCCESS;
}

static void
test_a_refused_offset_is_no_empty_file(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	fake.twist = no_short_identifiers;
	assert_int_equal(files_load(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_SUCCESS);
	assert_int_equal(loaded->have, FILE_LEN);
}

static int
no_file(sc_apdu_t *apdu)
{
	if (apdu->ins == INS_SELECT && apdu->p1 == SELECT_BY_NAME)
		return 1;
	answer(apdu, 0x6A82);
	return SC_SUCCESS;
}

static void
test_an_absent_file_says_nothing_of_extended_length(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	fake.twist = no_file;
	assert_int_equal(files_load(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_FILE_NOT_FOUND);
	fake.twist = NULL;
	assert_in_range(session_answer_max(session), SHORT_ANSWER_MAX + 1, EXTENDED_ANSWER_MAX);
}

static void
test_reading_ends(void **state)
{
	const struct loaded_file *loaded = NULL;

	(void)state;
	fake.read_max = 1;
	assert_int_equal(files_load(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE), FILE_WHOLE, &loaded), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_in_range(fake.reads, 1, 300);
}

/* A program looks at OpenSSL's errors to know how its own calls ended: of the card's there it is told nothing. */
static void
test_openssl_errors_are_the_programs(void **state)
{
	EVP_PKEY *public = NULL;
	unsigned long own;

	(void)state;
	ERR_clear_error();
	ERR_raise(ERR_LIB_USER, 42);
	own = ERR_peek_error();
	assert_int_equal(public_key_load(session, card_key_find(KEY_AUTH), &public), SC_ERROR_UNKNOWN_DATA_RECEIVED);
	assert_int_equal(ERR_peek_last_error(), own);
	public = EVP_RSA_gen(1024);
	assert_false(rsa_signed(public, (const uint8_t *)"data", 4, (const uint8_t *)"signature", 9));
	EVP_PKEY_free(public);
	assert_int_equal(ERR_get_error(), own);
	assert_int_equal(ERR_get_error(), 0);
}

/* --- a card that answers with noise */

#define NOISE_RUNS    2000
#define EXCHANGES_MAX 5000

static unsigned long noise;
static unsigned exchanges;

/* The same numbers in each run (Knuth's MMIX). */
static unsigned
dice(unsigned sides)
{
	noise = noise * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(noise >> 33) % sides;
}

/* Objects that fit, objects that do not, and no objects. */
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
	fake.noise_len = apdu->resplen;
	answer(apdu, OK);
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
		answer(apdu, words[dice(sizeof(words) / sizeof(words[0]))]);
		return SC_SUCCESS;
	default:
		if (dice(4) == 0)
			return 1;
		make_noise(apdu);
		return SC_SUCCESS;
	}
}

static void
read_everything(void)
{
	const struct loaded_file *loaded;
	struct field_value value = {0};
	size_t i;
	unsigned id;

	for (i = 0; i < card_files_count; i++)
		if (files_load(session, &card_files[i], FILE_WHOLE, &loaded) == SC_SUCCESS)
			assert_true(loaded->have == 0 || loaded->data != NULL);
	for (id = FIELD_CARD_NUMBER; id <= FIELD_REPORT; id++)
		for (i = 0; i < APP_COUNT; i++) {
			const struct card_field *field = card_field_find((enum app_id)i, (uint16_t)id);

			if (field != NULL)
				(void)field_read(session, field, &value);
			field_value_clear(&value);
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

/* Nothing but an error or some value comes of it, after not too many exchanges; --enable-asan and --enable-ubsan see more. */
static void
test_noise(void **state)
{
	unsigned run;
	size_t i;

	(void)state;
	fake.twist = answer_with_noise;
	session->settings.my_number = true;
	for (run = 0; run < NOISE_RUNS; run++) {
		noise = run;
		exchanges = 0;
		session->settings.verify_records = (enum verify_records)(run % 3);
		(void)identity_load(session);
		for (i = 0; i < card_pins_count; i++)
			session->pins[card_pins[i].id].verified = dice(4) > 0;
		read_everything();
		sign_with_everything();
		(void)verify(PIN_AUTH);
		(void)session_logout(session);
		session_forget(session);
		session->serial[0] = '\0';
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_nothing_is_read_into_what_was_forgotten, setup, teardown),
			cmocka_unit_test_setup_teardown(test_no_pin_for_another_card, setup, teardown),
			cmocka_unit_test_setup_teardown(test_no_data_of_another_card, setup, teardown),
			cmocka_unit_test_setup_teardown(test_no_serial_number_of_half_the_card, setup, teardown),
			cmocka_unit_test_setup_teardown(test_a_value_goes_with_its_pin, setup, teardown),
			cmocka_unit_test_setup_teardown(test_logout_without_a_card_manager, setup, teardown),
			cmocka_unit_test_setup_teardown(test_a_refused_offset_is_no_empty_file, setup, teardown),
			cmocka_unit_test_setup_teardown(test_an_absent_file_says_nothing_of_extended_length, setup, teardown),
			cmocka_unit_test_setup_teardown(test_reading_ends, setup, teardown),
			cmocka_unit_test_setup_teardown(test_openssl_errors_are_the_programs, setup, teardown),
			cmocka_unit_test_setup_teardown(test_noise, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

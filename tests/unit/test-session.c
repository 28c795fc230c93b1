/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The session with a card and reader that no virtual card is: replaced by another, without mercy, or malicious. */
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/files.h"
#include "card-driver/identity.h"
#include "card-driver/pin.h"
#include "card-driver/session.h"

#define INS_VERIFY	0x20
#define INS_SELECT	0xA4
#define INS_READ_BINARY 0xB0
#define INS_READ_RECORD 0xB2
#define SELECT_BY_NAME	0x04
#define BY_SFI		0x80
#define OK		0x9000

/* A card that does everything, but for what the test makes it do. */
static struct {
	const char *number; /* of the card, 28 digits; NULL: no such application */
	const struct application *selected;
	unsigned verified, answers, reads;
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

/* Every file is FF20 { DF22 { 20 20 ... } }, 0x200 bytes. */
static void
do_read(sc_apdu_t *apdu)
{
	static const uint8_t head[] = {0xFF, 0x20, 0x82, 0x01, 0xFB, 0xDF, 0x22, 0x82, 0x01, 0xF6};

	fake.reads++;
	memset(apdu->resp, 0x20, apdu->resplen);
	if (apdu->p2 == 0 && (apdu->p1 == 0 || apdu->p1 & BY_SFI))
		memcpy(apdu->resp, head, apdu->resplen < sizeof(head) ? apdu->resplen : sizeof(head));
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
	fake.answers++;
	if (r != 1) {
		apdu->resplen = 0;
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
	fake.number = "123456789012345" "13101" "20300101";
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
	assert_int_equal(loaded->have, 0x200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_nothing_is_read_into_what_was_forgotten, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

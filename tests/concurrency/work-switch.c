/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "work.h"

#include <string.h>

#include "connection.h"

/* ISO 7816-4 */
#define INS_SELECT	  0xA4
#define SELECT_BY_DF_NAME 0x04
#define SELECT_EF	  0x02
#define SELECT_NO_ANSWER  0x0C
#define INS_VERIFY	  0x20
#define PIN_OF_CURRENT_EF 0x80

#define EF_LEN 2

/* From docs/card.md. The card manager and the application of the card number have no PIN that this test may verify. */
static const struct place {
	struct sc_aid aid;
	u8 ef[EF_LEN];
	size_t pin; /* the holder's PIN; 0: none is verified */
} places[] = {
		{{{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, 10}, {0x00, 0x18}, offsetof(struct holder, auth_pin)},
		{{{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 10}, {0x00, 0x11}, offsetof(struct holder, text_pin)},
		{{{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, 10}, {0x00, 0x00}, 0},
		{{{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, 10}, {0x00, 0x1B}, offsetof(struct holder, sign_pin)},
		{{{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00}, 7}, {0x00, 0x00}, 0},
};
#define PLACES (sizeof(places) / sizeof(places[0]))

static struct connection connection;

static void
start(struct work *work)
{
	(void)work;
	connection_start(&connection, "default");
}

static int
send(unsigned char ins, unsigned char p1, unsigned char p2, const void *data, size_t len)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(connection.card, &apdu, SC_APDU_CASE_3_SHORT, ins, p1, p2);
	apdu.data = data;
	apdu.datalen = len;
	apdu.lc = len;
	r = sc_transmit_apdu(connection.card, &apdu);
	return r < 0 ? r : sc_check_sw(connection.card, apdu.sw1, apdu.sw2);
}

static int
go_to(struct work *work, const struct place *place)
{
	const char *pin = (const char *)work->holder + place->pin;
	int r = send(INS_SELECT, SELECT_BY_DF_NAME, SELECT_NO_ANSWER, place->aid.value, place->aid.len);

	if (r < 0 || place->pin == 0)
		return r;
	work->logins++;
	r = send(INS_SELECT, SELECT_EF, SELECT_NO_ANSWER, place->ef, sizeof(place->ef));
	return r < 0 ? r : send(INS_VERIFY, 0, PIN_OF_CURRENT_EF, pin, strlen(pin));
}

static void
visit(struct work *work, const struct place *place)
{
	int r = connection_open(&connection);

	if (r == SC_SUCCESS)
		r = sc_lock(connection.card);
	if (r == SC_SUCCESS) {
		r = go_to(work, place);
		sc_unlock(connection.card);
	}
	if (r < 0)
		give_up("operation %u: %s", work->done, sc_strerror(r));
	connection_close(&connection);
}

static void
once(struct work *work)
{
	visit(work, &places[work->done % PLACES]);
}

/* The last application has no PIN, so no PIN stays verified at the end. */
static void
end(struct work *work)
{
	visit(work, &places[PLACES - 1]);
	connection_end(&connection);
}

const struct work_kind work_switch = {"switch", start, once, end};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "exchange.h"

#include "card-driver/base/log-level.h"
#include "status.h"

/* ISO 7816-4 commands. */
#define INS_SELECT	  0xA4
#define SELECT_BY_DF_NAME 0x04
#define SELECT_EF	  0x02
#define SELECT_NO_ANSWER  0x0C
#define INS_GET_CHALLENGE 0x84

int
session_transmit(struct session *session, sc_apdu_t *apdu)
{
	sc_context_t *ctx = session->card->ctx;
	int level = log_level_for_exchange(ctx, session->muted);
	int r = sc_transmit_apdu(session->card, apdu);

	ctx->debug = level;
	/* OpenSC's words for an answer without a status word, which is none of the card's */
	if (r == SC_ERROR_UNKNOWN_DATA_RECEIVED || r == SC_ERROR_INTERNAL)
		r = SC_ERROR_TRANSMIT_FAILED;
	if (r < 0)
		return r;
	session->spoken = true;
	return status_check(session->card, apdu->sw1, apdu->sw2);
}

static int
send_select(struct session *session, unsigned p1, const uint8_t *name, size_t len, unsigned *sw1)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_3_SHORT, INS_SELECT, (int)p1, SELECT_NO_ANSWER);
	apdu.data = name;
	apdu.datalen = len;
	apdu.lc = len;
	r = session_transmit(session, &apdu);
	*sw1 = apdu.sw1;
	return r;
}

int
session_select_name(struct session *session, const uint8_t *aid, size_t len, unsigned *sw1)
{
	return send_select(session, SELECT_BY_DF_NAME, aid, len, sw1);
}

int
session_select_ef(struct session *session, uint16_t id)
{
	const uint8_t name[] = {(uint8_t)(id >> 8), (uint8_t)id};
	unsigned sw1;
	int r;

	session->ef = 0;
	session->ef_by_sfi = false;
	r = send_select(session, SELECT_EF, name, sizeof(name), &sw1);
	if (r == SC_SUCCESS)
		session->ef = id;
	return r;
}

int
session_random(struct session *session, uint8_t *buf, size_t len)
{
	sc_apdu_t apdu;
	int r;

	if (len > SHORT_ANSWER_MAX)
		len = SHORT_ANSWER_MAX;
	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_2_SHORT, INS_GET_CHALLENGE, 0, 0);
	apdu.resp = buf;
	apdu.resplen = len;
	apdu.le = len;
	r = session_transmit(session, &apdu);
	if (r == SC_SUCCESS && apdu.resplen != len)
		r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	return r < 0 ? r : (int)len;
}

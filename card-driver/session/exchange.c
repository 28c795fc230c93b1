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
apdu_note_answer(struct session *session, const sc_apdu_t *apdu, int r)
{
	session->link.answer = (struct apdu_answer){apdu->sw1, apdu->sw2, apdu->resplen};
	if (r < 0)
		return r;
	session->link.card_responded = true;
	return status_check(session->card, apdu->sw1, apdu->sw2);
}

static int
transmit_apdu(struct session *session, sc_apdu_t *apdu)
{
	sc_context_t *ctx = session->card->ctx;
	int level = log_level_for_exchange(ctx, session->link.exchange_private);
	int r = sc_transmit_apdu(session->card, apdu);

	ctx->debug = level;
	/* OpenSC returns these errors for an answer without a status word, so they do not come from the card. */
	if (r == SC_ERROR_UNKNOWN_DATA_RECEIVED || r == SC_ERROR_INTERNAL)
		r = SC_ERROR_TRANSMIT_FAILED;
	return apdu_note_answer(session, apdu, r);
}

int
apdu_send(struct session *session, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const uint8_t *data, size_t len, uint8_t *out, size_t le, unsigned long flags)
{
	sc_apdu_t apdu;

	apdu_build(session->card, &apdu, cla, ins, p1, p2, data, len, out, le);
	apdu.flags |= flags;
	return transmit_apdu(session, &apdu);
}

const struct apdu_answer *
apdu_answer(const struct session *session)
{
	return &session->link.answer;
}

void
apdu_forget_ef(struct session *session)
{
	session->link.ef = 0;
}

int
apdu_select_name(struct session *session, const uint8_t *aid, size_t len)
{
	return apdu_send(session, CLA_ISO, INS_SELECT, SELECT_BY_DF_NAME, SELECT_NO_ANSWER, aid, len, NULL, 0, 0);
}

int
apdu_select_ef(struct session *session, uint16_t id)
{
	const uint8_t name[] = {(uint8_t)(id >> 8), (uint8_t)id};
	int r;

	session->link.ef = 0;
	session->link.ef_by_sfi = false;
	r = apdu_send(session, CLA_ISO, INS_SELECT, SELECT_EF, SELECT_NO_ANSWER, name, sizeof(name), NULL, 0, 0);
	if (r == SC_SUCCESS)
		session->link.ef = id;
	return r;
}

int
apdu_get_challenge(struct session *session, uint8_t *buf, size_t len)
{
	int r;

	if (len > SHORT_ANSWER_MAX)
		len = SHORT_ANSWER_MAX;
	r = apdu_send(session, CLA_ISO, INS_GET_CHALLENGE, 0, 0, NULL, 0, buf, len, 0);
	if (r == SC_SUCCESS && apdu_answer(session)->len != len)
		r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	return r < 0 ? r : (int)len;
}

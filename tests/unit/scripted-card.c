/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scripted-card.h"

#include <stdio.h>
#include <string.h>

#include "card-driver/content/identity.h"
#include "card-driver/operations/pin-command.h"
#include "own-card.h"

struct scripted_card scripted;
struct session *session;

/* --- replacements for OpenSC's functions */

void
scripted_answer(sc_apdu_t *apdu, unsigned sw)
{
	apdu->sw1 = sw >> 8;
	apdu->sw2 = sw & 0xFF;
}

static void
do_select(sc_apdu_t *apdu)
{
	const struct application *app = application_by_aid(apdu->data, apdu->datalen);

	if (app == NULL || (app->id == APP_COMMON && scripted.number == NULL)) {
		scripted_answer(apdu, SW_NO_FILE);
		return;
	}
	scripted.selected = app;
	scripted_answer(apdu, SW_OK);
}

/* Every file is FF20 { DF22 { 20 20 ... } }, except the token information, which has the content of a card's. */
static void
do_read(sc_apdu_t *apdu)
{
	static const uint8_t object[] = {0xFF, 0x20, 0x82, 0x01, 0xFB, 0xDF, 0x22, 0x82, 0x01, 0xF6}, label[] = {'J', 'P', 'K', 'I', 'A', 'P', 'I', 'C', 'C', 'T', 'O', 'K', 'E', 'N'};
	bool is_label = apdu->p1 == (BY_SFI | EF_TOKEN_INFO) && scripted.selected == &applications[APP_JPKI];
	const uint8_t *head = is_label ? label : object;
	size_t head_len = is_label ? sizeof(label) : sizeof(object);
	size_t offset = apdu->p1 & BY_SFI ? apdu->p2 : (size_t)(apdu->p1 << 8 | apdu->p2), i;

	scripted.reads++;
	if (apdu->resplen > scripted.read_max)
		apdu->resplen = scripted.read_max;
	for (i = 0; i < apdu->resplen; i++)
		apdu->resp[i] = offset + i < head_len ? head[offset + i] : ' ';
	scripted_answer(apdu, SW_OK);
}

static void
do_read_record(sc_apdu_t *apdu)
{
	apdu->resp[0] = 0x01;
	apdu->resp[1] = 28;
	memcpy(apdu->resp + 2, scripted.number, 28);
	apdu->resplen = 30;
	scripted_answer(apdu, SW_OK);
}

int
sc_transmit_apdu(sc_card_t *used, sc_apdu_t *apdu)
{
	int r = scripted.twist == NULL ? SCRIPT_AS_USUAL : scripted.twist(apdu);

	(void)used;
	if (r != SCRIPT_AS_USUAL) {
		apdu->resplen = scripted.noise_len;
		scripted.noise_len = 0;
		return r;
	}
	if (apdu->ins == INS_SELECT && apdu->p1 == SELECT_BY_NAME)
		do_select(apdu);
	else if (apdu->ins == INS_READ_BINARY)
		do_read(apdu);
	else if (apdu->ins == INS_READ_RECORD && scripted.number != NULL)
		do_read_record(apdu);
	else
		scripted_answer(apdu, SW_OK);
	if (apdu->ins == INS_VERIFY && apdu->datalen > 0)
		scripted.verified++;
	else if (apdu->ins == INS_VERIFY)
		scripted_answer(apdu, SW_THREE_TRIES);
	return SC_SUCCESS;
}

int
scripted_setup(void **state)
{
	(void)state;
	memset(&scripted, 0, sizeof(scripted));
	scripted.number = ONE_CARD;
	scripted.read_max = SIZE_MAX;
	own_reader.max_recv_size = 65536;
	own_card = (sc_card_t){.ctx = &own_ctx, .reader = &own_reader, .caps = SC_CARD_CAP_APDU_EXT, .type = CARD_TYPE_MYNUMBER};
	session = session_new(&own_card);
	if (session != NULL)
		session->confirm = identity_confirm;
	return !own_ctx_without_log() || session == NULL ? -1 : 0;
}

int
scripted_teardown(void **state)
{
	(void)state;
	session_free(session);
	fclose(own_ctx.debug_file);
	return 0;
}

static int
verify(enum pin_id pin, unsigned type)
{
	struct sc_pin_cmd_data data = {.cmd = SC_PIN_CMD_VERIFY, .pin_type = type, .pin_reference = (int)pin};

	data.pin1.data = (const u8 *)"1234";
	data.pin1.len = 4;
	return pin_command(session, &data);
}

int
scripted_verify(enum pin_id pin)
{
	return verify(pin, SC_AC_CHV);
}

int
scripted_verify_again(enum pin_id pin)
{
	return verify(pin, SC_AC_CONTEXT_SPECIFIC);
}

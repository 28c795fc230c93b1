/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The exchanges of a session: SELECT, READ BINARY, READ RECORD, GET CHALLENGE, and making sure of the application. */
#include "session.h"

#include <string.h>

#include "records.h"
#include "status.h"

#define ALL_PINS (~0u)

/* ISO 7816-4 commands. The short EF identifier in P1 of READ BINARY: bit 8 set, then the offset is P2 alone. */
#define INS_SELECT	  0xA4
#define SELECT_BY_DF_NAME 0x04
#define SELECT_EF	  0x02
#define SELECT_NO_ANSWER  0x0C
#define SW1_SELF_TEST	  0x6F
#define INS_READ_BINARY	  0xB0
#define READ_BY_SFI	  0x80
#define SFI_OFFSET_MAX	  0xFF
#define READ_OFFSET_MAX	  0x7FFF
#define INS_READ_RECORD	  0xB2
#define RECORD_BY_NUMBER  0x04
#define CURRENT_EF	  0
#define INS_GET_CHALLENGE 0x84
#define sfi_in_p2(id)	  ((id) << 3)

/* The card manager, selected after power-up (GlobalPlatform Card Specification, issuer security domain). */
static const uint8_t card_manager_aid[] = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};

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

/* One real card was seen to answer 6F00 to the first command after power-up, whatever it is (myna-card, measured). */
static int
select_by_name(struct session *session, const uint8_t *aid, size_t len)
{
	bool first = !session->spoken;
	unsigned sw1 = 0;
	int r;

	session->app = NULL;
	session->ef = 0;
	session->sure = false;
	r = send_select(session, SELECT_BY_DF_NAME, aid, len, &sw1);
	if (first && sw1 == SW1_SELF_TEST)
		r = send_select(session, SELECT_BY_DF_NAME, aid, len, &sw1);
	return r;
}

bool
session_has_app(const struct session *session, enum app_id app)
{
	return !session->absent[app] && (session->card->type != CARD_TYPE_PHONE || app == APP_JPKI);
}

int
session_select_app(struct session *session, enum app_id id)
{
	const struct application *app = &applications[id];
	int r;

	if (!session_has_app(session, id))
		return SC_ERROR_FILE_NOT_FOUND;
	r = select_by_name(session, app->aid, app->aid_len);
	session_note_lost(session, ALL_PINS);
	if (r == SC_SUCCESS) {
		session->app = app;
		session->sure = true;
		if (session->opened != app)
			session->opened = NULL;
	} else if (r == SC_ERROR_FILE_NOT_FOUND) {
		session->absent[id] = true;
		sc_log(session->card->ctx, "this card has no application %s", app->label);
	}
	return r;
}

static int
send_read_binary(struct session *session, unsigned p1, unsigned p2, uint8_t *buf, size_t len)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, len > SHORT_ANSWER_MAX ? SC_APDU_CASE_2_EXT : SC_APDU_CASE_2_SHORT, INS_READ_BINARY, (int)p1, (int)p2);
	apdu.resp = buf;
	apdu.resplen = len;
	apdu.le = len;
	r = session_transmit(session, &apdu);
	if (r == SC_SUCCESS || r == SC_ERROR_FILE_END_REACHED)
		return (int)apdu.resplen;
	return r;
}

/* READ BINARY of the current EF, or by short EF identifier. A reader or card that fails at extended length is given short
 * APDUs for the rest of the connection, unless these fail, too. After a reset (no application is selected) there is nothing
 * to repeat: the session has forgotten all, what the caller reads into included. */
static int
read_binary(struct session *session, unsigned p1, unsigned p2, uint8_t *buf, size_t len)
{
	int r = send_read_binary(session, p1, p2, buf, len);

	if (len <= SHORT_ANSWER_MAX || r >= 0 || r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || r == SC_ERROR_CARD_REMOVED || session->app == NULL)
		return r;
	r = send_read_binary(session, p1, p2, buf, SHORT_ANSWER_MAX);
	if (r >= 0) {
		sc_log(session->card->ctx, "no extended length here");
		session->extended_fails = true;
	}
	return r;
}

size_t
session_answer_max(const struct session *session)
{
	size_t reader_max = session->card->reader->max_recv_size;

	if (session->extended_fails || !(session->card->caps & SC_CARD_CAP_APDU_EXT))
		return SHORT_ANSWER_MAX;
	return reader_max < EXTENDED_ANSWER_MAX ? reader_max : EXTENDED_ANSWER_MAX;
}

static int
read_by_sfi(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len)
{
	int r;

	session->ef = 0;
	r = read_binary(session, READ_BY_SFI | id, (unsigned)offset, buf, len);
	if (r >= 0)
		session->ef = id;
	return r;
}

static int
read_selected(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len)
{
	int r = SC_SUCCESS;

	if (offset > READ_OFFSET_MAX)
		return SC_ERROR_OFFSET_TOO_LARGE;
	if (session->ef != id)
		r = session_select_ef(session, id);
	if (r < 0)
		return r;
	return read_binary(session, (unsigned)(offset >> 8), (unsigned)(offset & 0xFF), buf, len);
}

/* Reads a file of the application that is selected; finds out once whether the card knows short EF identifiers. After a
 * reset (no application is selected) neither way would be right: that a file is not there would be no truth. That it is
 * empty may mean as much as that P1 is not understood (6B00). */
static int
read_file(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len)
{
	int r, by_sfi;

	if (session->sfi_fails || session->ef == id || offset > SFI_OFFSET_MAX)
		return read_selected(session, id, offset, buf, len);
	by_sfi = read_by_sfi(session, id, offset, buf, len);
	if (by_sfi > 0 || by_sfi == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || session->app == NULL)
		return by_sfi;
	r = read_selected(session, id, offset, buf, len);
	if (r > 0)
		session->sfi_fails = true;
	return r;
}

static bool
proof_fits(const struct app_proof *proof, const uint8_t *data, size_t len)
{
	struct tlv outer;

	if (len < proof->start_len || memcmp(data, proof->start, proof->start_len) != 0)
		return false;
	if (proof->inner_len == 0)
		return true;
	return ber_header(data, len, &outer) == 0 && len - outer.header >= proof->inner_len &&
	       memcmp(outer.value, proof->inner, proof->inner_len) == 0;
}

static bool
prove_app(struct session *session, const struct application *app)
{
	uint8_t head[BER_HEADER_MAX + PROOF_MAX];
	int r;

	if (app->proof.file == 0)
		return false;
	session->ef = 0;
	r = read_file(session, app->proof.file, 0, head, sizeof(head));
	session->sure = r > 0 && proof_fits(&app->proof, head, (size_t)r);
	if (!session->sure)
		sc_log(session->card->ctx, "another program has selected another application");
	return session->sure;
}

static unsigned
pins_of(enum app_id app)
{
	unsigned pins = 0;
	size_t i;

	for (i = 0; i < card_pins_count; i++)
		if (card_pins[i].app == app)
			pins |= PIN_BIT(card_pins[i].id);
	return pins;
}

int
session_need_app(struct session *session, enum app_id id)
{
	const struct application *app = &applications[id];

	if (session->app == app) {
		if (session->sure)
			return SC_SUCCESS;
		if (session_opens(session, pins_of(id)) && prove_app(session, app))
			return SC_SUCCESS;
		/* reset meanwhile: the card may be another one, which the next transaction finds out */
		if (session->app == NULL)
			return SC_ERROR_CARD_RESET;
	}
	return session_select_app(session, id);
}

int
session_select_ef(struct session *session, uint16_t id)
{
	const uint8_t name[] = {(uint8_t)(id >> 8), (uint8_t)id};
	unsigned sw1;
	int r;

	session->ef = 0;
	r = send_select(session, SELECT_EF, name, sizeof(name), &sw1);
	if (r == SC_SUCCESS)
		session->ef = id;
	return r;
}

int
session_read(struct session *session, const struct card_file *file, size_t offset, uint8_t *buf, size_t len)
{
	int r = session_need_app(session, file->app);

	if (r < 0)
		return r;
	session->muted = session_openers(session, file) != FREE;
	r = read_file(session, file->id, offset, buf, len);
	session->muted = false;
	if (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		session_note_lost(session, session_openers(session, file));
	return r;
}

static int
read_record(struct session *session, uint16_t id, unsigned record, uint8_t *buf, size_t len)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_2_SHORT, INS_READ_RECORD, (int)record, sfi_in_p2(id) | RECORD_BY_NUMBER);
	apdu.resp = buf;
	apdu.resplen = len;
	apdu.le = len < SHORT_ANSWER_MAX ? len : SHORT_ANSWER_MAX;
	r = session_transmit(session, &apdu);
	return r < 0 ? r : (int)apdu.resplen;
}

int
session_read_record(struct session *session, const struct card_file *file, unsigned record, uint8_t *buf, size_t len)
{
	int by_sfi, r = session_need_app(session, file->app);

	if (r < 0)
		return r;
	session->ef = 0;
	if (!session->sfi_fails) {
		by_sfi = read_record(session, file->id, record, buf, len);
		if (by_sfi >= 0 || by_sfi == SC_ERROR_RECORD_NOT_FOUND || session->app == NULL)
			return by_sfi;
	}
	r = session_select_ef(session, file->id);
	if (r == SC_SUCCESS)
		r = read_record(session, CURRENT_EF, record, buf, len);
	if (r >= 0)
		session->sfi_fails = true;
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

/* Selecting the same application again would keep what is verified (JICSAP 5.1.3; measured, myna-card). A card that does not
 * know the card manager by this name has other applications. */
static int
select_other_app(struct session *session)
{
	int r = select_by_name(session, card_manager_aid, sizeof(card_manager_aid));
	size_t i;

	for (i = 0; i < APP_COUNT && status_is_answer(r); i++)
		if (&applications[i] != session->opened && session_has_app(session, (enum app_id)i))
			r = select_by_name(session, applications[i].aid, applications[i].aid_len);
	return r;
}

int
session_logout(struct session *session)
{
	int r;

	if (session->opened == NULL)
		return SC_SUCCESS;
	r = select_other_app(session);
	if (r == SC_SUCCESS)
		session->opened = NULL;
	session_note_lost(session, ALL_PINS);
	return r;
}

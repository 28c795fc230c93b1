/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "application.h"

#include <string.h>

#include "card-driver/card/tlv.h"
#include "exchange.h"
#include "read.h"
#include "status.h"

#define ALL_PINS      (~0u)
#define SW1_SELF_TEST 0x6F

/* The card manager, selected after power-up (GlobalPlatform Card Specification, issuer security domain). */
static const uint8_t card_manager_aid[] = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};

void
application_unconfirm(struct session *session)
{
	session->link.app_confirmed = false;
	session->link.app_shown = false;
}

/* The command is sent again because one real card answered 6F00 to the first command after power-up, whatever the
 * command was (myna-card, measured). */
static int
select_by_name(struct session *session, const uint8_t *aid, size_t len)
{
	bool first = !session->link.card_responded;
	int r;

	session->link.app = NULL;
	session->link.ef = 0;
	application_unconfirm(session);
	r = apdu_select_name(session, aid, len);
	if (first && apdu_answer(session)->sw1 == SW1_SELF_TEST)
		r = apdu_select_name(session, aid, len);
	return r;
}

bool
application_is_present(const struct session *session, enum app_id app)
{
	if (app == APP_LICENCE && !session->settings.licence)
		return false;
	return session->link.found[app] != MISSING && (session->card->type != CARD_TYPE_PHONE || app == APP_JPKI);
}

bool
application_is_found(const struct session *session, enum app_id app)
{
	return application_is_present(session, app) && (!applications[app].optional || session->link.found[app] == PRESENT);
}

bool
application_is_selected(const struct session *session, enum app_id app)
{
	return session->link.app == &applications[app];
}

bool
application_is_confirmed(const struct session *session, enum app_id app)
{
	return session->link.app_confirmed && application_is_selected(session, app);
}

void
application_note_verify(struct session *session, enum app_id app)
{
	session->link.verified_app = &applications[app];
}

static int
select_application(struct session *session, enum app_id id)
{
	const struct application *app = &applications[id];
	int r;

	if (!application_is_present(session, id))
		return SC_ERROR_FILE_NOT_FOUND;
	r = select_by_name(session, app->aid, app->aid_len);
	if (r == SC_SUCCESS) {
		session->link.app = app;
		session->link.app_confirmed = true;
		session->link.found[id] = PRESENT;
		if (session->link.verified_app != app)
			session->link.verified_app = NULL;
	} else if (r == SC_ERROR_FILE_NOT_FOUND) {
		session->link.found[id] = MISSING;
		sc_log(session->card->ctx, "this card has no application %s", app->label);
	}
	return r;
}

int
application_select(struct session *session, enum app_id id)
{
	int r = select_application(session, id);

	session_note_lost(session, ALL_PINS);
	return r;
}

/* Whatever status word refuses the SELECT, the card does not offer the application. */
int
application_find(struct session *session, enum app_id id)
{
	int r = SC_SUCCESS;

	if (application_is_present(session, id) && session->link.found[id] == PRESENCE_UNKNOWN)
		r = application_select(session, id);
	if (status_is_answer(r))
		session->link.found[id] = MISSING;
	if (r < 0 && !status_is_answer(r))
		return r;
	return application_is_found(session, id) ? SC_SUCCESS : SC_ERROR_FILE_NOT_FOUND;
}

static bool
proof_fits(const struct file_proof *proof, const uint8_t *data, size_t len)
{
	struct tlv outer, inner;

	if (len < proof->start_len || memcmp(data, proof->start, proof->start_len) != 0)
		return false;
	if (proof->inner_tag == 0)
		return true;
	return ber_header(data, len, &outer) == 0 && ber_header(outer.value, len - outer.header, &inner) == 0 &&
	       inner.tag == proof->inner_tag && (proof->inner_len == 0 || inner.len == proof->inner_len);
}

/* Reads the file that proves which application is selected. The exchange is not logged, because the file of this number in
 * another application may be private. Returns SC_SUCCESS; SC_ERROR_FILE_NOT_FOUND if the card does not have this file, which
 * proves nothing; or another error if another application is selected or the selection cannot be determined. */
static int
prove_application(struct session *session, const struct application *app)
{
	uint8_t head[BER_HEADER_MAX + PROOF_MAX];
	int r;

	if (app->proof.file == 0)
		return SC_ERROR_NOT_SUPPORTED;
	session->link.ef = 0;
	session->link.exchange_private = true;
	r = read_ef(session, app->proof.file, 0, head, app->proof.inner_len == 0 ? app->proof.start_len : sizeof(head));
	session->link.exchange_private = false;
	if (r < 0)
		return r;
	if (!proof_fits(&app->proof, head, (size_t)r))
		return SC_ERROR_WRONG_CARD;
	session->link.app_confirmed = true;
	return SC_SUCCESS;
}

/* The card has no file that proves the application, so the application is selected again. The verified PINs are assumed
 * to stay verified, as on most cards (card.md 4.17); if they do not, the card refuses the next READ. But if the card has
 * the file after the SELECT, another application had been selected before. */
static int
select_without_proof(struct session *session, const struct application *app)
{
	int proof, r = select_application(session, app->id);

	if (r == SC_SUCCESS && session->link.proof_absent[app->id])
		return SC_SUCCESS;
	proof = r == SC_SUCCESS ? prove_application(session, app) : r;
	session->link.proof_absent[app->id] = proof == SC_ERROR_FILE_NOT_FOUND;
	if (!session->link.proof_absent[app->id])
		session_note_lost(session, ALL_PINS);
	return r;
}

/* Confirms the selection without a SELECT, because a PIN of the application is verified and a SELECT might end that
 * verification. */
static int
confirm_application(struct session *session, const struct application *app)
{
	int r = session->link.proof_absent[app->id] ? SC_ERROR_FILE_NOT_FOUND : prove_application(session, app);

	if (r == SC_SUCCESS)
		return SC_SUCCESS;
	/* The card was reset meanwhile and may have been replaced, which the next transaction finds out. */
	if (session->link.app == NULL)
		return SC_ERROR_CARD_RESET;
	if (r == SC_ERROR_FILE_NOT_FOUND)
		return select_without_proof(session, app);
	sc_log(session->card->ctx, "another program has selected another application");
	return application_select(session, app->id);
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
application_ensure(struct session *session, enum app_id id)
{
	const struct application *app = &applications[id];

	if (application_is_confirmed(session, id))
		return SC_SUCCESS;
	if (application_is_selected(session, id) && session_opens(session, pins_of(id)))
		return confirm_application(session, app);
	return application_select(session, id);
}

bool
application_shown_by(struct session *session, const struct card_file *file, const uint8_t *data, size_t len)
{
	const struct file_proof *proof = card_file_proof(file);

	if (!application_is_selected(session, file->app) || proof == NULL || !proof_fits(proof, data, len))
		return false;
	session->link.app_shown = true;
	return true;
}

int
application_ensure_for_reading(struct session *session, enum app_id id)
{
	return session->link.app_shown && application_is_selected(session, id) ? SC_SUCCESS : application_ensure(session, id);
}

/* Another application must be selected, because a SELECT of the same application would keep its PINs verified (JICSAP
 * 5.1.3; measured, myna-card). If the card does not know the card manager by this name, one of its other applications is
 * selected. */
static int
select_other_app(struct session *session)
{
	int r = select_by_name(session, card_manager_aid, sizeof(card_manager_aid));
	size_t i;

	for (i = 0; i < APP_COUNT && status_is_answer(r); i++)
		if (&applications[i] != session->link.verified_app && application_is_present(session, (enum app_id)i))
			r = select_by_name(session, applications[i].aid, applications[i].aid_len);
	return r;
}

int
application_logout(struct session *session)
{
	int r;

	if (session->link.verified_app == NULL)
		return SC_SUCCESS;
	r = select_other_app(session);
	if (r == SC_SUCCESS)
		session->link.verified_app = NULL;
	session_note_lost(session, ALL_PINS);
	return r;
}

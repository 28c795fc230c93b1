/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin.h"

#include <stdlib.h>
#include <string.h>

#include "pin-change.h"
#include "pin-pad.h"
#include "status.h"
#include "tell.h"

/* ISO 7816-4 VERIFY; without data it asks for the state (case 1: a fifth byte is answered with 6700). */
#define INS_VERIFY	  0x20
#define PIN_OF_CURRENT_EF 0x80
#define STATE_FRESH_MS	  5000
#define ENV_LAST_TRY	  "MYNUMBER_LAST_TRY"

bool
pin_shown(const struct session *session, const struct card_pin *pin)
{
	return applications[pin->app].in_ef_dir && (session->settings.my_number || !pin->reveals_number);
}

static int
send_query(struct session *session, unsigned p2, int *tries_left)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_1, INS_VERIFY, 0, (int)p2);
	r = session_transmit(session, &apdu);
	*tries_left = status_tries_left(apdu.sw1, apdu.sw2);
	if (r == SC_ERROR_PIN_CODE_INCORRECT || r == SC_ERROR_AUTH_METHOD_BLOCKED)
		r = SC_SUCCESS;
	return r;
}

/* By short EF identifier, or where that fails (but not by a reset, after which no application is selected), of the selected EF. */
static int
query_card(struct session *session, const struct card_pin *pin, int *tries_left)
{
	int r = session_need_app(session, pin->app);

	if (r == SC_SUCCESS && !session->sfi_fails) {
		session->ef = 0;
		r = send_query(session, PIN_OF_CURRENT_EF | pin->file, tries_left);
		if (r == SC_SUCCESS || session->app == NULL)
			return r;
		r = SC_SUCCESS;
	}
	if (r == SC_SUCCESS)
		r = session_select_ef(session, pin->file);
	if (r == SC_SUCCESS)
		r = send_query(session, PIN_OF_CURRENT_EF, tries_left);
	return r;
}

static bool
is_fresh(const struct pin_state *state)
{
	return state->tries_left >= 0 && session_clock() - state->asked_at < STATE_FRESH_MS;
}

static int
ask(struct session *session, const struct card_pin *pin, int *tries_left)
{
	struct pin_state *state = &session->pins[pin->id];
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = query_card(session, pin, tries_left);
	session_end(session);
	if (r < 0)
		return r;
	/* 9000 to the query: verified, and no word on the tries, which success has reset */
	if (*tries_left < 0)
		*tries_left = pin->tries;
	state->tries_left = *tries_left;
	state->asked_at = session_clock();
	return SC_SUCCESS;
}

int
pin_query(struct session *session, const struct card_pin *pin, int *tries_left)
{
	const struct pin_state *state = &session->pins[pin->id];

	*tries_left = state->tries_left;
	if (is_fresh(state) || session_would_disturb(session, pin->app))
		return SC_SUCCESS;
	return ask(session, pin, tries_left);
}

/* The environment allows the last try once in a connection. */
static bool
last_try_allowed(struct session *session)
{
	const char *word = getenv(ENV_LAST_TRY);

	if (session->settings.last_try)
		return true;
	if (word == NULL || strcmp(word, "1") != 0 || session->last_try_used)
		return false;
	session->last_try_used = true;
	return true;
}

/* Asks the card, as another program may have used up tries a moment ago. */
int
pin_check_tries(struct session *session, const struct card_pin *pin)
{
	sc_context_t *ctx = session->card->ctx;
	int tries_left = -1;
	int r = ask(session, pin, &tries_left);

	if (r < 0)
		return r;
	if (tries_left == 0) {
		tell_user(ctx, "%s is blocked: the municipal office can unblock it", pin->label);
		return SC_ERROR_AUTH_METHOD_BLOCKED;
	}
	if (tries_left == 1 && !last_try_allowed(session)) {
		tell_user(ctx, "%s: one try left, a wrong PIN would block it. To use that try set " ENV_LAST_TRY "=1", pin->label);
		return SC_ERROR_AUTH_METHOD_BLOCKED;
	}
	return SC_SUCCESS;
}

/* VERIFY of the current EF: of TEXT, or where that is NULL, of what the user types at the reader. */
static int
send_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text, struct sc_pin_cmd_data *pad)
{
	sc_apdu_t apdu;
	int r;

	sc_format_apdu(session->card, &apdu, SC_APDU_CASE_3_SHORT, INS_VERIFY, 0, PIN_OF_CURRENT_EF);
	apdu.flags |= SC_APDU_FLAGS_NO_RETRY_WL;
	if (text != NULL) {
		apdu.data = text->bytes;
		apdu.datalen = text->len;
		apdu.lc = text->len;
	}
	session->opened = &applications[pin->app];
	r = text != NULL ? session_transmit(session, &apdu) : pin_pad_transmit(session, pin, &apdu, pad);
	session_note_pin(session, pin->id, r == SC_SUCCESS, r == SC_SUCCESS ? pin->tries : status_tries_left(apdu.sw1, apdu.sw2));
	return r;
}

/* AGAIN: for each signature that wants the PIN again the card is not asked: the PIN was right and all tries were left a
 * moment ago, as it said itself. But OpenSC does not tell of a logout (from 0.24 on), so a new login has to ask. */
static int
may_verify(struct session *session, const struct card_pin *pin, bool again)
{
	const struct pin_state *state = &session->pins[pin->id];

	if (again && state->verified && is_fresh(state) && state->tries_left == pin->tries)
		return SC_SUCCESS;
	return pin_check_tries(session, pin);
}

static int
select_and_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text, struct sc_pin_cmd_data *pad)
{
	int r = session_need_app(session, pin->app);

	if (r == SC_SUCCESS)
		r = session_select_ef(session, pin->file);
	if (r == SC_SUCCESS)
		r = send_verify(session, pin, text, pad);
	return r;
}

int
pin_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text)
{
	int r = may_verify(session, pin, false);

	return r < 0 ? r : select_and_verify(session, pin, text, NULL);
}

/* What OpenSC says of these errors ("The two PINs did not match") does not help. */
static void
tell_malformed(const struct session *session, const struct card_pin *pin)
{
	const char *what = pin->charset == PIN_DIGITS ? "digits" : "letters and digits";

	if (pin->min == pin->max)
		tell_user(session->card->ctx, "%s has %zu %s; nothing was sent to the card", pin->label, pin->min, what);
	else
		tell_user(session->card->ctx, "%s has %zu to %zu %s; nothing was sent to the card", pin->label, pin->min, pin->max, what);
}

static int
verify(struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data)
{
	bool at_pad = data->flags & SC_PIN_CMD_USE_PINPAD;
	struct pin_text text = {.len = 0};
	int r = at_pad ? pin_pad_check(session, pin, data) : pin_text_set(&text, pin, data->pin1.data, (size_t)data->pin1.len);

	if (r == SC_ERROR_INVALID_PIN_LENGTH || r == SC_ERROR_KEYPAD_PIN_MISMATCH)
		tell_malformed(session, pin);
	if (r == SC_SUCCESS)
		r = session_begin(session);
	if (r == SC_SUCCESS) {
		r = may_verify(session, pin, data->pin_type == SC_AC_CONTEXT_SPECIFIC);
		if (r == SC_SUCCESS)
			r = select_and_verify(session, pin, at_pad ? NULL : &text, at_pad ? data : NULL);
		session_end(session);
	}
	pin_text_clear(&text);
	return r;
}

static int
change(struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data)
{
	struct pin_text old, new;
	int r, r_new;

	if (data->flags & SC_PIN_CMD_USE_PINPAD)
		return pin_pad_check(session, pin, data);
	r = pin_text_set(&old, pin, data->pin1.data, (size_t)data->pin1.len);
	r_new = pin_text_set(&new, pin, data->pin2.data, (size_t)data->pin2.len);
	if (r == SC_SUCCESS)
		r = r_new;
	if (r < 0)
		tell_malformed(session, pin);
	if (r == SC_SUCCESS)
		r = session_begin(session);
	if (r == SC_SUCCESS) {
		r = pin_change(session, pin, &old, &new);
		session_end(session);
	}
	pin_text_clear(&old);
	pin_text_clear(&new);
	return r;
}

/* The card does not tell whether a PIN is verified, and another program may have ended it: not LOGGED_OUT but UNKNOWN. */
static void
report(const struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data)
{
	const struct pin_state *state = &session->pins[pin->id];

	data->pin1.max_tries = pin->tries;
	data->pin1.tries_left = state->tries_left;
	data->pin1.logged_in = state->verified ? SC_PIN_STATE_LOGGED_IN : SC_PIN_STATE_UNKNOWN;
}

int
pin_command(struct session *session, struct sc_pin_cmd_data *data)
{
	const struct card_pin *pin = card_pin_find(data->pin_reference);
	int tries_left, r;

	if (pin == NULL || !pin_shown(session, pin))
		return SC_ERROR_INVALID_PIN_REFERENCE;
	switch (data->cmd) {
	case SC_PIN_CMD_VERIFY:
		r = verify(session, pin, data);
		break;
	case SC_PIN_CMD_CHANGE:
		r = change(session, pin, data);
		break;
	case SC_PIN_CMD_GET_INFO:
		r = pin_query(session, pin, &tries_left);
		break;
	case SC_PIN_CMD_UNBLOCK:
		tell_user(session->card->ctx, "%s: only the municipal office can unblock it", pin->label);
		return SC_ERROR_NOT_SUPPORTED;
	default:
		return SC_ERROR_NOT_SUPPORTED;
	}
	report(session, pin, data);
	return r;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-command.h"

#include <signal.h>

#include "card-driver/base/tell.h"
#include "pin-change.h"
#include "pin-pad.h"
#include "pin.h"

/* Explains the error to the user, because OpenSC's own message ("The two PINs did not match") does not help. */
static void
tell_malformed(const struct session *session, const struct card_pin *pin)
{
	const char *what = pin->charset == PIN_DIGITS ? "digits" : "letters and digits";

	if (!session_pin_is_set(session, pin->id))
		tell_user(session->card->ctx, "%s is not set on this card. If the card wants it all the same, enter %s; nothing was sent to the card", pin->label, pin->unset_value);
	else if (pin->min == pin->max)
		tell_user(session->card->ctx, "%s has %zu %s; nothing was sent to the card", pin->label, pin->min, what);
	else
		tell_user(session->card->ctx, "%s has %zu to %zu %s; nothing was sent to the card", pin->label, pin->min, pin->max, what);
}

/* A PIN that the holder has not set has one fixed value, which is no PIN in the usual form. */
static int
set_pin_text(const struct session *session, struct pin_text *text, const struct card_pin *pin, const struct sc_pin_cmd_data *data)
{
	if (!session_pin_is_set(session, pin->id))
		return pin_text_set_unset(text, pin, data->pin1.data, (size_t)data->pin1.len);
	return pin_text_set(text, pin, data->pin1.data, (size_t)data->pin1.len);
}

static int
verify_pin(struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data)
{
	bool at_pad = data->flags & SC_PIN_CMD_USE_PINPAD;
	struct pin_text text = {.len = 0};
	int r = at_pad ? pin_pad_check(session, pin, data) : set_pin_text(session, &text, pin, data);

	if (r == SC_ERROR_INVALID_PIN_LENGTH || r == SC_ERROR_KEYPAD_PIN_MISMATCH)
		tell_malformed(session, pin);
	if (r == SC_SUCCESS)
		r = session_begin(session);
	if (r == SC_SUCCESS) {
		r = at_pad ? pin_verify_at_pad(session, pin, data) : pin_verify(session, pin, &text);
		session_end(session);
	}
	pin_text_clear(&text);
	return r;
}

/* Blocks signals during a change, because an interrupted change could leave a PIN whose value nobody knows. The signals
 * are delivered when the change is done, about a second later. Signals that a fault in the program raises are not
 * blocked. */
static void
block_signals(sigset_t *before)
{
	static const int faults[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
	sigset_t blocked;
	size_t i;

	sigfillset(&blocked);
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigdelset(&blocked, faults[i]);
	pthread_sigmask(SIG_BLOCK, &blocked, before);
}

static int
change_uninterrupted(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new)
{
	sigset_t before;
	int r = session_begin(session);

	if (r < 0)
		return r;
	block_signals(&before);
	r = pin_change(session, pin, old, new);
	session_end(session);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return r;
}

static int
change_pin(struct session *session, const struct card_pin *pin, const struct sc_pin_cmd_data *data)
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
		r = change_uninterrupted(session, pin, &old, &new);
	pin_text_clear(&old);
	pin_text_clear(&new);
	return r;
}

/* Reports UNKNOWN instead of LOGGED_OUT for a PIN that is not known to be verified, because the card does not report
 * whether a PIN is verified and another program may have changed that. */
static void
report_pin_state(const struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data)
{
	const struct pin_state *state = session_pin_state(session, pin->id);

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
		r = verify_pin(session, pin, data);
		break;
	case SC_PIN_CMD_CHANGE:
		r = change_pin(session, pin, data);
		break;
	case SC_PIN_CMD_GET_INFO:
		r = pin_query_to_show(session, pin, &tries_left);
		break;
	case SC_PIN_CMD_UNBLOCK:
		tell_user(session->card->ctx, "%s: only %s can unblock it", pin->label, applications[pin->app].office);
		return SC_ERROR_NOT_SUPPORTED;
	default:
		return SC_ERROR_NOT_SUPPORTED;
	}
	report_pin_state(session, pin, data);
	return r;
}

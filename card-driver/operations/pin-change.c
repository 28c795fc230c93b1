/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-change.h"

#include <string.h>

#include "card-driver/base/tell.h"
#include "card-driver/session/exchange.h"
#include "pin.h"

/* The commands that set a new value of the PIN in the current EF. Sources: myna and myna-card for 00 24, JICSAP and
 * myna-card for 80 32. */
static const struct {
	uint8_t cla, ins, p1, p2;
} commands[] = {
		[CHANGE_REFERENCE_DATA] = {0x00, 0x24, 0x01, 0x80},
		[CHANGE_KEY] = {0x80, 0x32, 0x00, 0x80},
};

/* Sends the command that changes the PIN. *ANSWERED is set to whether the card has reported the result. */
static int
send_change(struct session *session, const struct card_pin *pin, const struct pin_text *new, bool *answered)
{
	uint8_t hash[SHA256_LEN];
	int r = pin_hash(session, pin, new, hash);

	*answered = true;
	if (r < 0)
		return r;
	r = apdu_send(session, commands[pin->change].cla, commands[pin->change].ins, commands[pin->change].p1, commands[pin->change].p2,
			new->bytes, new->len, NULL, 0, SC_APDU_FLAGS_NO_RETRY_WL);
	*answered = apdu_answer(session)->sw1 != 0;
	if (r == SC_SUCCESS)
		pin_note_right(session, pin, hash);
	return r;
}

/* The card did not answer the change, so a VERIFY determines which value the PIN has. A wrong guess uses a try;
 * verifying the old value, which was right a moment ago, resets the counter. UNANSWERED is the error of the change. */
static int
find_value_after_no_answer(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new, int unanswered)
{
	if (pin_verify_to_change(session, pin, new) == SC_SUCCESS)
		return SC_SUCCESS;
	if (pin_verify_to_change(session, pin, old) != SC_SUCCESS)
		tell_user(session->card->ctx, "%s: the card did not answer; it has the old or the new value", pin->label);
	return unanswered;
}

/* Sets the new value. The caller has verified the old value. */
static int
set_new_value(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new)
{
	bool answered;
	int r = send_change(session, pin, new, &answered);

	return answered ? r : find_value_after_no_answer(session, pin, old, new, r);
}

static int
change_one_copy(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new)
{
	int r = pin_verify_to_change(session, pin, old);

	return r < 0 ? r : set_new_value(session, pin, old, new);
}

/* Changes the first copy. The caller knows that the second copy has the old value; therefore the first copy has either
 * the old value or already the new one. */
static int
change_first_copy(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new)
{
	int r = change_one_copy(session, pin, old, new);

	if (r == SC_ERROR_PIN_CODE_INCORRECT)
		r = pin_verify_to_change(session, pin, new);
	return r;
}

static int
change_second_copy(struct session *session, const struct card_pin *pin, const struct card_pin *copy, const struct pin_text *old, const struct pin_text *new)
{
	int r = change_one_copy(session, copy, old, new), back;

	if (r == SC_SUCCESS)
		return r;
	back = change_one_copy(session, pin, new, old);
	tell_user(session->card->ctx, "%s could not be changed in its second copy; %s", pin->label,
			back == SC_SUCCESS ? "the first has the old value again" : "the first has the NEW value, the second perhaps the OLD one: repeat the change");
	return r;
}

/* Finds out why the second copy does not have the old value. Either the user entered a wrong old value, or both copies
 * have the new value already because an earlier change ended without an answer. The first copy is verified to
 * distinguish the two cases, so that one entry uses at most one try of each copy. REFUSED is the error of the second
 * copy. */
static int
is_changed_already(struct session *session, const struct card_pin *pin, const struct card_pin *copy, const struct pin_text *new, int refused)
{
	if (pin_verify_to_change(session, pin, new) != SC_SUCCESS)
		return refused;
	return pin_verify_to_change(session, copy, new);
}

/* Changes both copies, the first one first. An interrupted change therefore leaves (first, second) = (old, old), (new,
 * old) or (new, new), and repeating the same change completes each of them. The second copy is verified first, because
 * that distinguishes the first two cases from the last one without using a try. docs/security.md counts the tries. */
static int
change_both(struct session *session, const struct card_pin *pin, const struct card_pin *copy, const struct pin_text *old, const struct pin_text *new)
{
	int r = pin_verify_to_change(session, copy, old);

	if (r == SC_ERROR_PIN_CODE_INCORRECT)
		return is_changed_already(session, pin, copy, new, r);
	if (r == SC_SUCCESS)
		r = change_first_copy(session, pin, old, new);
	if (r == SC_SUCCESS)
		r = change_second_copy(session, pin, copy, old, new);
	return r;
}

int
pin_change(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new)
{
	if (pin->change == CHANGE_AT_OFFICE) {
		tell_user(session->card->ctx, "%s cannot be changed here: only %s can change it", pin->label, applications[pin->app].office);
		return SC_ERROR_NOT_SUPPORTED;
	}
	if (pin->change == CHANGE_NEVER) {
		tell_user(session->card->ctx, "%s is fixed and cannot be changed", pin->label);
		return SC_ERROR_NOT_SUPPORTED;
	}
	if (old->len == new->len && memcmp(old->bytes, new->bytes, old->len) == 0)
		return SC_ERROR_KEYPAD_PIN_MISMATCH;
	if (pin->copy != PIN_NONE)
		return change_both(session, pin, card_pin_find(pin->copy), old, new);
	return change_one_copy(session, pin, old, new);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin-change.h"

#include <string.h>

#include "card-driver/base/tell.h"
#include "card-driver/session/exchange.h"
#include "pin.h"

/* The commands that set a new value of the current EF's PIN (00 24: myna and myna-card; 80 32: JICSAP, myna-card). */
static const struct {
	uint8_t cla, ins, p1, p2;
} commands[] = {
		[CHANGE_REFERENCE_DATA] = {0x00, 0x24, 0x01, 0x80},
		[CHANGE_KEY] = {0x80, 0x32, 0x00, 0x80},
};

/* ANSWERED: the card has said whether it did it. */
static int
send_change(struct session *session, const struct card_pin *pin, const struct pin_text *new, bool *answered)
{
	uint8_t hash[SHA256_LEN];
	int r = pin_memory_hash(&session->pins.memories, pin->id, new->bytes, new->len, hash);

	*answered = true;
	if (r < 0)
		return r;
	r = apdu_send(session, commands[pin->change].cla, commands[pin->change].ins, commands[pin->change].p1, commands[pin->change].p2,
			new->bytes, new->len, NULL, 0, SC_APDU_FLAGS_NO_RETRY_WL);
	*answered = apdu_answer(session)->sw1 != 0;
	if (r == SC_SUCCESS)
		pin_memory_note_right(&session->pins.memories.of[pin->id], pin, hash);
	return r;
}

/* No answer to the change: the card is asked which value it has. A wrong guess costs a try, which the old value, good a
 * moment ago, gives back. UNANSWERED is the error of the change. */
static int
find_value_after_no_answer(struct session *session, const struct card_pin *pin, const struct pin_text *old, const struct pin_text *new, int unanswered)
{
	if (pin_verify_to_change(session, pin, new) == SC_SUCCESS)
		return SC_SUCCESS;
	if (pin_verify_to_change(session, pin, old) != SC_SUCCESS)
		tell_user(session->card->ctx, "%s: the card did not answer; it has the old or the new value", pin->label);
	return unanswered;
}

/* The old value is verified already. */
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

/* The second copy has the old value, so the first has it as well, or has the new one already. */
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

/* The second copy does not have the old value: either that was entered wrong, or both copies have the new one, because an
 * earlier change ended without its answer. The first copy tells, so that one entry uses up one try of a copy at most.
 * REFUSED is the error of the second copy. */
static int
is_changed_already(struct session *session, const struct card_pin *pin, const struct card_pin *copy, const struct pin_text *new, int refused)
{
	if (pin_verify_to_change(session, pin, new) != SC_SUCCESS)
		return refused;
	return pin_verify_to_change(session, copy, new);
}

/* The first copy is changed first, so that a change that was interrupted leaves (first, second) = (old, old), (new, old) or
 * (new, new). The same change again ends each: the second copy is asked first, as it tells the first two from the last
 * without a try lost. docs/security.md counts the tries. */
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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pin.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/base/tell.h"
#include "card-driver/session/application.h"
#include "card-driver/session/exchange.h"
#include "card-driver/session/read.h"
#include "card-driver/session/status.h"
#include "pin-pad.h"

/* The VERIFY command of ISO 7816-4. Without data it queries the tries left; it must be an APDU of case 1, because the
 * card answers a fifth byte with 6700. */
#define INS_VERIFY	  0x20
#define PIN_OF_CURRENT_EF 0x80
#define STATE_FRESH_MS	  5000
#define ENV_LAST_TRY	  "MYNUMBER_LAST_TRY"

bool
pin_shown(const struct session *session, const struct card_pin *pin)
{
	return applications[pin->app].in_ef_dir && settings_show(&session->settings, pin->reveals_number);
}

/* The card's answer to the query for the tries left of a PIN. */
struct query {
	int tries_left; /* -1: the card reported no number */
	bool by_sfi;	/* the number is that of the file that this short EF identifier names */
};

static int
send_query(struct session *session, unsigned p2, struct query *query, bool *form_refused)
{
	const struct apdu_answer *answer = apdu_answer(session);
	int r = apdu_send(session, CLA_ISO, INS_VERIFY, 0, p2, NULL, 0, NULL, 0, 0);

	query->tries_left = status_tries_left(answer->sw1, answer->sw2);
	*form_refused = status_form_refused(answer->sw1, answer->sw2);
	if (r == SC_ERROR_PIN_CODE_INCORRECT || r == SC_ERROR_AUTH_METHOD_BLOCKED)
		r = SC_SUCCESS;
	return r;
}

/* Returns P2 for the PIN whose EF is selected. */
static unsigned
selected_pin_p2(const struct card_pin *pin)
{
	return pin->by_sfi_only ? PIN_OF_CURRENT_EF | pin->file : PIN_OF_CURRENT_EF;
}

/* Queries the PIN of the selected EF. If the card or reader refuses this form of the query, it refuses every form, and
 * the number is unknown. A P2 that names the EF does so in a VERIFY of the same transaction too, which therefore needs no
 * second SELECT. */
static int
query_selected(struct session *session, const struct card_pin *pin, struct query *query)
{
	bool form_refused = false;
	int r = apdu_select_ef(session, pin->file);

	if (r == SC_SUCCESS)
		r = send_query(session, selected_pin_p2(pin), query, &form_refused);
	query->by_sfi = r == SC_SUCCESS && query->tries_left > 0 && pin->by_sfi_only;
	return form_refused ? SC_SUCCESS : r;
}

/* Queries by short EF identifier, without SELECT of the file. If that fails, the PIN's EF is selected and queried, except after a reset, when no
 * application is selected. */
static int
query_card(struct session *session, const struct card_pin *pin, struct query *query)
{
	bool form_refused;
	int r = application_ensure(session, pin->app);

	*query = (struct query){-1, false};
	if (r == SC_SUCCESS && read_has_sfi(session) && !pin->by_sfi_only) {
		apdu_forget_ef(session);
		r = send_query(session, PIN_OF_CURRENT_EF | pin->file, query, &form_refused);
		query->by_sfi = r == SC_SUCCESS && query->tries_left > 0;
		if (r == SC_SUCCESS || !application_is_selected(session, pin->app))
			return r;
		r = SC_SUCCESS;
	}
	return r == SC_SUCCESS ? query_selected(session, pin, query) : r;
}

static bool
is_fresh(const struct pin_state *state)
{
	return state->tries_left >= 0 && session_clock() - state->asked_at < STATE_FRESH_MS;
}

/* Queries the tries left. If the card reports no number (it answers 9000 or refuses the query), the number from its last
 * answer to a VERIFY of this connection is used. */
static int
query_tries_left(struct session *session, const struct card_pin *pin, struct query *query)
{
	struct pin_memory *memory = &session->pins.memories.of[pin->id];
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = query_card(session, pin, query);
	session_end(session);
	if (r < 0)
		return r;
	if (query->tries_left >= 0)
		pin_memory_note_counter(memory, pin, query->tries_left);
	else
		query->tries_left = memory->tries_left;
	session_note_tries(session, pin->id, query->tries_left);
	return SC_SUCCESS;
}

int
pin_query(struct session *session, const struct card_pin *pin, int *tries_left)
{
	struct query query = {-1, false};
	int r = session_would_disturb(session, pin->app) ? SC_SUCCESS : query_tries_left(session, pin, &query);

	*tries_left = session_pin_state(session, pin->id)->tries_left;
	return r;
}

/* Queries a PIN although another program may have selected another application. No other application is known to have a PIN
 * with this short EF identifier. Still, the number is only shown: the memory of refused values does not learn it, and a
 * number that says that the PIN is blocked is not believed. Returns false if the PIN must be queried in the usual way. */
static bool
query_unconfirmed(struct session *session, const struct card_pin *pin)
{
	struct query query = {-1, false};
	bool form_refused;
	int r;

	if (!application_is_selected(session, pin->app) || application_is_confirmed(session, pin->app) || !read_has_sfi(session) || !card_pin_is_unique(pin))
		return false;
	apdu_forget_ef(session);
	r = send_query(session, PIN_OF_CURRENT_EF | pin->file, &query, &form_refused);
	if (r < 0 || query.tries_left <= 0 || query.tries_left > pin->tries)
		return false;
	session_note_tries(session, pin->id, query.tries_left);
	return true;
}

int
pin_query_to_show(struct session *session, const struct card_pin *pin, int *tries_left)
{
	const struct pin_state *state = session_pin_state(session, pin->id);
	int r = SC_SUCCESS;

	if (!is_fresh(state) && !session_would_disturb(session, pin->app)) {
		r = session_begin(session);
		if (r == SC_SUCCESS) {
			if (!query_unconfirmed(session, pin))
				r = pin_query(session, pin, tries_left);
			session_end(session);
		}
	}
	*tries_left = state->tries_left;
	return r;
}

/* The setting `last_try` always allows the last try; the environment variable allows it once per connection. */
static bool
last_try_allowed(const struct session *session)
{
	const char *word = getenv(ENV_LAST_TRY);

	if (session->settings.last_try)
		return true;
	return word != NULL && strcmp(word, "1") == 0 && !session->pins.last_try_used;
}

/* The number of tries left is unknown, so the last try cannot be protected. Therefore only one VERIFY is sent, because
 * its answer contains the number. Another one is sent only if the last try is allowed. */
static int
check_blind(struct session *session, const struct card_pin *pin)
{
	struct pin_memory *memory = &session->pins.memories.of[pin->id];
	sc_context_t *ctx = session->card->ctx;

	if (!memory->sent_blind) {
		memory->sent_blind = true;
		tell_user(ctx, "%s: the card or the reader does not tell how many tries are left; a wrong PIN may use the last one", pin->label);
		return SC_SUCCESS;
	}
	if (last_try_allowed(session)) {
		session->pins.last_try_used = true;
		return SC_SUCCESS;
	}
	tell_user(ctx, "%s: the number of tries left is unknown, and one PIN was sent already. Start the program again to send another", pin->label);
	return SC_ERROR_AUTH_METHOD_BLOCKED;
}

static int
check_tries(struct session *session, const struct card_pin *pin, int tries_left)
{
	sc_context_t *ctx = session->card->ctx;

	if (tries_left < 0)
		return check_blind(session, pin);
	if (tries_left == 0) {
		tell_user(ctx, "%s is blocked: %s can unblock it", pin->label, applications[pin->app].office);
		return SC_ERROR_AUTH_METHOD_BLOCKED;
	}
	if (tries_left == 1 && !last_try_allowed(session)) {
		tell_user(ctx, "%s: one try left, a wrong PIN would block it. To use that try set " ENV_LAST_TRY "=1", pin->label);
		return SC_ERROR_AUTH_METHOD_BLOCKED;
	}
	return SC_SUCCESS;
}

/* The value for one VERIFY: TEXT, or the value that the user types at the reader if TEXT is NULL. */
struct entry {
	const struct pin_text *text;
	struct sc_pin_cmd_data *pad;
	bool to_change; /* the PIN will be changed: its file must be the current EF */
	enum pin_origin origin;
	uint8_t hash[SHA256_LEN]; /* hash of TEXT */
};

/* Returns SC_ERROR_PIN_CODE_INCORRECT for a value that must not be sent. A program treats this like a refusal by the
 * card: it asks the user again, and OpenSC removes the value from its PIN cache. */
static int
check_value(struct session *session, const struct card_pin *pin, const struct entry *entry, int tries_left)
{
	sc_context_t *ctx = session->card->ctx;

	if (entry->text == NULL)
		return SC_SUCCESS;
	switch (pin_memory_judge(&session->pins.memories.of[pin->id], pin, entry->hash, tries_left, entry->origin)) {
	case PIN_WAS_REFUSED:
		tell_user(ctx, "%s: the card has refused this value before, so it was not sent again. Enter another value", pin->label);
		return SC_ERROR_PIN_CODE_INCORRECT;
	case PIN_HELD_BACK:
		tell_user(ctx, "%s: tries are missing that this program did not use, so the PIN may have been changed. The value was not sent. Enter the PIN again", pin->label);
		return SC_ERROR_PIN_CODE_INCORRECT;
	default:
		return SC_SUCCESS;
	}
}

void
pin_note_transaction(struct session *session)
{
	session->pins.cache_may_repeat = false;
	session->pins.accepted = 0;
}

int
pin_note_signature(struct session *session, int result)
{
	session->pins.cache_may_repeat = result == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	return result;
}

int
pin_hash(struct session *session, const struct card_pin *pin, const struct pin_text *text, uint8_t hash[SHA256_LEN])
{
	return pin_memory_hash(&session->pins.memories, pin->id, text->bytes, text->len, hash);
}

void
pin_note_right(struct session *session, const struct card_pin *pin, const uint8_t hash[SHA256_LEN])
{
	pin_memory_note_right(&session->pins.memories.of[pin->id], pin, hash);
	session->pins.accepted |= PIN_BIT(pin->id);
}

static void
note_answer(struct session *session, const struct card_pin *pin, const struct entry *entry, int r)
{
	const struct apdu_answer *answer = apdu_answer(session);
	struct pin_memory *memory = &session->pins.memories.of[pin->id];
	const uint8_t *hash = entry->text != NULL ? entry->hash : NULL;
	int tries_left = r == SC_SUCCESS ? pin->tries : status_tries_left(answer->sw1, answer->sw2);

	session_note_pin(session, pin->id, r == SC_SUCCESS, tries_left);
	if (r == SC_SUCCESS)
		pin_note_right(session, pin, hash);
	else if (status_pin_refused(answer->sw1, answer->sw2))
		pin_memory_note_refused(memory, hash, tries_left);
	else if (tries_left == 0)
		pin_memory_note_refused(memory, NULL, tries_left);
}

static int
send_verify(struct session *session, const struct card_pin *pin, const struct entry *entry, unsigned p2, bool *form_refused)
{
	const struct apdu_answer *answer = apdu_answer(session);
	int r;

	application_note_verify(session, pin->app);
	if (entry->text != NULL)
		r = apdu_send(session, CLA_ISO, INS_VERIFY, 0, p2, entry->text->bytes, entry->text->len, NULL, 0, SC_APDU_FLAGS_NO_RETRY_WL);
	else
		r = pin_pad_send(session, pin, INS_VERIFY, p2, entry->pad);
	note_answer(session, pin, entry, r);
	*form_refused = status_form_refused(answer->sw1, answer->sw2) || status_reference_refused(answer->sw1, answer->sw2);
	return r;
}

static int
verify_selected(struct session *session, const struct card_pin *pin, const struct entry *entry)
{
	bool form_refused;
	int r = apdu_select_ef(session, pin->file);

	return r == SC_SUCCESS ? send_verify(session, pin, entry, selected_pin_p2(pin), &form_refused) : r;
}

/* Sends VERIFY by short EF identifier. A query with the same P2 has found the file in this transaction. If the card does
 * not support VERIFY in this form and did not count it as a wrong PIN, VERIFY is sent again after SELECT of the file, unless
 * the PIN has no other form. */
static int
verify_by_sfi(struct session *session, const struct card_pin *pin, const struct entry *entry, int tries_left)
{
	struct query again = {-1, false};
	bool form_refused, query_refused;
	int r, asked;

	apdu_forget_ef(session);
	r = send_verify(session, pin, entry, PIN_OF_CURRENT_EF | pin->file, &form_refused);
	if (!form_refused || pin->by_sfi_only)
		return r;
	asked = send_query(session, PIN_OF_CURRENT_EF | pin->file, &again, &query_refused);
	return asked == SC_SUCCESS && again.tries_left == tries_left ? verify_selected(session, pin, entry) : r;
}

/* Queries the counter before VERIFY, because another program may have used tries or changed the PIN. */
static int
verify_entry(struct session *session, const struct card_pin *pin, struct entry *entry)
{
	struct query query = {-1, false};
	int r = entry->text != NULL ? pin_hash(session, pin, entry->text, entry->hash) : SC_SUCCESS;

	if (r == SC_SUCCESS)
		r = query_tries_left(session, pin, &query);
	if (r == SC_SUCCESS)
		r = check_tries(session, pin, query.tries_left);
	if (r == SC_SUCCESS)
		r = check_value(session, pin, entry, query.tries_left);
	if (r < 0)
		return r;
	session->pins.last_try_used |= query.tries_left == 1;
	if (query.by_sfi && entry->text != NULL && !entry->to_change)
		return verify_by_sfi(session, pin, entry, query.tries_left);
	return verify_selected(session, pin, entry);
}

/* With OpenSC's setting `lock_login`, a transaction lasts from one login to the logout. A value that was accepted in it is
 * right, whoever gives it. */
int
pin_verify(struct session *session, const struct card_pin *pin, const struct pin_text *text)
{
	bool repeated = session->pins.cache_may_repeat && !(session->pins.accepted & PIN_BIT(pin->id));
	struct entry entry = {.text = text, .origin = repeated ? PIN_REPEATED : PIN_GIVEN};

	session->pins.cache_may_repeat = false;
	return verify_entry(session, pin, &entry);
}

int
pin_verify_to_change(struct session *session, const struct card_pin *pin, const struct pin_text *old)
{
	struct entry entry = {.text = old, .to_change = true, .origin = PIN_ENTERED};

	return verify_entry(session, pin, &entry);
}

int
pin_verify_at_pad(struct session *session, const struct card_pin *pin, struct sc_pin_cmd_data *data)
{
	struct entry entry = {.pad = data};

	return verify_entry(session, pin, &entry);
}

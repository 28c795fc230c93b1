/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ALL_PINS (~0u)

struct session *
session_new(sc_card_t *card)
{
	struct session *session = calloc(1, sizeof(*session));

	if (session == NULL)
		return NULL;
	session->card = card;
	pin_memories_init(&session->pins.memories);
	session_forget(session);
	return session;
}

void
session_free(struct session *session)
{
	if (session == NULL)
		return;
	session_forget(session);
	settings_free(&session->settings);
	sc_mem_clear(session, sizeof(*session));
	free(session);
}

/* Clears the content of all files, or only of those that no verified PIN opens any more. Also clears the decoded value
 * of the current position, because it may come from one of these files. */
static void
drop_loaded_files(struct session *session, bool everything)
{
	struct loaded_file **link = &session->loaded, *loaded;

	secret_clear(&session->place.value);
	while ((loaded = *link) != NULL) {
		if (!everything && session_opens(session, session_openers(session, loaded->file))) {
			link = &loaded->next;
			continue;
		}
		loaded_drop(link);
	}
}

/* What a SELECT has shown about an optional application stays known after a reset: session->confirm() refuses another
 * card, and asking again would end a verification. */
static void
forget_found_applications(struct session *session)
{
	bool same_card = session->who.first_serial[0] != '\0';
	size_t i;

	for (i = 0; i < APP_COUNT; i++)
		if (!same_card || !applications[i].optional)
			session->link.found[i] = PRESENCE_UNKNOWN;
	if (!same_card)
		session->pins_not_set = 0;
}

void
session_forget(struct session *session)
{
	size_t i;

	session->link.app = NULL;
	session->link.ef = 0;
	session->link.app_confirmed = false;
	session->link.app_shown = false;
	session->link.card_responded = false;
	session->who.identity = (struct identity){0};
	forget_found_applications(session);
	memset(session->certificates, 0, sizeof(session->certificates));
	for (i = 0; i < PIN_COUNT; i++)
		session->pin_states[i] = (struct pin_state){.tries_left = -1};
	for (i = 0; i < APP_COUNT; i++) {
		EVP_PKEY_free(session->signers[i].key);
		session->signers[i] = (struct signer){0};
	}
	drop_loaded_files(session, true);
}

bool
session_in_pkcs11(const struct session *session)
{
	const char *program = session->card->ctx->app_name;

	return program != NULL && strstr(program, "opensc-pkcs11") != NULL;
}

int
session_begin(struct session *session)
{
	int r = sc_lock(session->card);

	if (r < 0)
		return r;
	r = session->confirm == NULL ? SC_SUCCESS : session->confirm(session);
	if (r < 0)
		session_end(session);
	return r;
}

void
session_end(struct session *session)
{
	if (sc_unlock(session->card) != SC_SUCCESS)
		sc_log(session->card->ctx, "the transaction could not be ended");
}

unsigned
session_openers(const struct session *session, const struct card_file *file)
{
	return card_file_openers(file, session->card->type == CARD_TYPE_PHONE);
}

bool
session_opens(const struct session *session, unsigned openers)
{
	size_t i;

	if (openers == FREE || (openers & session->pins_not_set))
		return true;
	for (i = 0; i < PIN_COUNT; i++)
		if ((openers & PIN_BIT(i)) && session->pin_states[i].verified)
			return true;
	return false;
}

bool
session_has_verified_pin(const struct session *session, enum app_id app)
{
	size_t i;

	for (i = 0; i < card_pins_count; i++)
		if (card_pins[i].app == app && session->pin_states[card_pins[i].id].verified)
			return true;
	return false;
}

bool
session_would_disturb(const struct session *session, enum app_id app)
{
	size_t i;

	for (i = 0; i < card_pins_count; i++)
		if (card_pins[i].app != app && session->pin_states[card_pins[i].id].verified)
			return true;
	return false;
}

const struct pin_state *
session_pin_state(const struct session *session, enum pin_id pin)
{
	return &session->pin_states[pin];
}

void
session_note_not_set(struct session *session, enum pin_id pin)
{
	session->pins_not_set |= PIN_BIT(pin);
}

bool
session_pin_is_set(const struct session *session, enum pin_id pin)
{
	return !(session->pins_not_set & PIN_BIT(pin));
}

void
session_note_pin(struct session *session, enum pin_id pin, bool verified, int tries_left)
{
	session->pin_states[pin] = (struct pin_state){verified, tries_left, session_clock()};
	if (!verified)
		drop_loaded_files(session, false);
}

void
session_note_tries(struct session *session, enum pin_id pin, int tries_left)
{
	session->pin_states[pin].tries_left = tries_left;
	session->pin_states[pin].asked_at = session_clock();
}

void
session_note_verified(struct session *session, enum pin_id pin)
{
	session->pin_states[pin].verified = true;
}

void
session_note_lost(struct session *session, unsigned pins)
{
	size_t i;

	for (i = 0; i < PIN_COUNT; i++)
		if (pins & PIN_BIT(i))
			session->pin_states[i].verified = false;
	drop_loaded_files(session, false);
}

struct loaded_file *
session_loaded(struct session *session, const struct card_file *file)
{
	return loaded_entry(&session->loaded, file);
}

long long
session_clock(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

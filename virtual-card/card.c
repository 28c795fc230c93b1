/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "card.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "content.h"
#include "folder.h"
#include "log.h"

#define CHANNEL_BITS	    0x03
#define SECURE_BITS	    0x0C
#define CLASS_BITS	    0x70
#define BROKEN_EXTENDED_MAX 256

/* The commands of the card. SECURE is the answer if the CLA requests secure messaging, because there is never a session. */
static const struct {
	uint8_t cla, ins;
	vc_command *run;
	uint16_t secure;
} commands[] = {
		{0x00, 0xA4, vc_select, VC_SW_NO_SECURE_MESSAGING},
		{0x00, 0xB0, vc_read_binary, VC_SW_NO_SESSION},
		{0x00, 0xB2, vc_read_record, VC_SW_NO_SESSION},
		{0x00, 0xCA, vc_get_data, VC_SW_NO_SESSION},
		{0x00, 0x20, vc_verify, VC_SW_NO_SESSION},
		{0x00, 0x24, vc_change_reference_data, VC_SW_NO_SESSION},
		{0x00, 0x84, vc_get_challenge, VC_SW_NO_SESSION},
		{0x00, 0x88, vc_internal_authenticate, VC_SW_NO_SESSION},
		{0x80, 0x2A, vc_compute_signature, VC_SW_NO_SESSION},
		{0x80, 0x32, vc_change_key, VC_SW_NO_SESSION},
		{0x80, 0xA2, vc_verify_certificate, VC_SW_NO_SESSION},
		{0x80, 0xAE, vc_set_session_key, VC_SW_NO_SESSION},
		{0x80, 0xFC, vc_last_command, VC_SW_NO_SESSION},
		/* JICSAP administration commands for the issuer, whose keys are unknown */
		{0x80, 0x06, vc_administer, VC_SW_NO_SESSION},
		{0x80, 0x50, vc_administer, VC_SW_NO_SESSION},
		{0x80, 0x52, vc_administer, VC_SW_NO_SESSION},
		{0x80, 0x54, vc_administer, VC_SW_NO_SESSION},
		{0x80, 0x8A, vc_administer, VC_SW_NO_SESSION},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static uint16_t
dispatch(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint16_t sw = VC_SW_WRONG_INS;
	size_t i;

	if ((apdu->cla & CLASS_BITS) != 0)
		return VC_SW_WRONG_CLA;
	if ((apdu->cla & CHANNEL_BITS) != 0)
		return VC_SW_NO_CHANNEL;
	for (i = 0; i < COMMAND_COUNT; i++) {
		if (commands[i].ins != apdu->ins)
			continue;
		if (commands[i].cla == (apdu->cla & ~SECURE_BITS))
			return (apdu->cla & SECURE_BITS) != 0 ? commands[i].secure : commands[i].run(card, apdu);
		sw = VC_SW_WRONG_CLA;
	}
	return sw;
}

static uint16_t
process(struct virtual_card *card, const uint8_t *command, size_t len)
{
	struct vc_card_state *state = card->state.card;
	struct vc_apdu apdu;
	bool first = state->first_command != 0;

	state->first_command = 0;
	if (first && vc_variant_has(&card->variant, VC_V_FIRST_6F00))
		return VC_SW_SELF_DIAGNOSIS;
	if (!vc_apdu_parse(&apdu, command, len))
		return VC_SW_WRONG_LENGTH;
	if (apdu.extended && vc_variant_has(&card->variant, VC_V_NO_EXTENDED))
		return VC_SW_WRONG_LENGTH;
	return dispatch(card, &apdu);
}

/* Appends SW to the answer's data. */
static void
finish_answer(struct virtual_card *card, uint16_t sw)
{
	if (card->answer_len > BROKEN_EXTENDED_MAX && vc_variant_has(&card->variant, VC_V_EXTENDED_BROKEN))
		card->answer_len = BROKEN_EXTENDED_MAX;
	card->answer[card->answer_len++] = (uint8_t)(sw >> 8);
	card->answer[card->answer_len++] = (uint8_t)sw;
}

size_t
vc_card_transmit(struct virtual_card *card, const uint8_t *command, size_t len, uint8_t *answer)
{
	size_t answer_len = 0;

	vc_state_enter(&card->state);
	if (card->state.card->powered != 0) {
		vc_log_bytes(card->log, '>', command, len);
		card->answer_len = 0;
		finish_answer(card, process(card, command, len));
		answer_len = card->answer_len;
		memcpy(answer, card->answer, answer_len);
		vc_log_bytes(card->log, '<', answer, answer_len);
	}
	vc_state_leave(&card->state);
	return answer_len;
}

/* Sets the state that the card has after a reset, except for what a reset keeps. */
static void
select_platform(struct vc_card_state *state)
{
	state->app = VC_PLATFORM;
	state->current_ef = 0;
}

static void
power_off(struct virtual_card *card, const char *why)
{
	struct vc_card_state *state = card->state.card;

	if (state->powered == 0)
		return;
	select_platform(state);
	state->powered = 0;
	state->verified = 0;
	state->verified_app = VC_PLATFORM;
	state->resets++;
	vc_log_event(card->log, why);
}

void
vc_card_power_on(struct virtual_card *card)
{
	struct vc_card_state *state = card->state.card;

	vc_state_enter(&card->state);
	if (state->powered == 0 && state->absent == 0) {
		select_platform(state);
		state->powered = 1;
		state->first_command = 1;
		vc_log_event(card->log, "power on");
	}
	vc_state_leave(&card->state);
}

void
vc_card_power_off(struct virtual_card *card)
{
	vc_state_enter(&card->state);
	power_off(card, "power off");
	vc_state_leave(&card->state);
}

/* After a warm reset the application must be selected again, but its verification persists (measured on a contactless card,
 * myna-card). */
void
vc_card_warm_reset(struct virtual_card *card)
{
	struct vc_card_state *state = card->state.card;

	vc_state_enter(&card->state);
	if (state->powered != 0) {
		select_platform(state);
		state->resets++;
		vc_log_event(card->log, "reset");
	}
	vc_state_leave(&card->state);
}

bool
vc_card_powered(struct virtual_card *card)
{
	bool powered;

	vc_state_enter(&card->state);
	powered = card->state.card->powered != 0;
	vc_state_leave(&card->state);
	return powered;
}

struct vc_card_events
vc_card_events(struct virtual_card *card)
{
	struct vc_card_events events;

	vc_state_enter(&card->state);
	events.resets = card->state.card->resets;
	events.removals = card->state.card->removals;
	vc_state_leave(&card->state);
	return events;
}

static bool
removed_path(const struct virtual_card *card, char *path, size_t size)
{
	return snprintf(path, size, "%s/card.removed", card->dir) < (int)size;
}

bool
vc_card_present(struct virtual_card *card)
{
	struct vc_card_state *state = card->state.card;
	char path[4096];
	uint32_t absent;

	vc_state_enter(&card->state);
	absent = removed_path(card, path, sizeof(path)) && access(path, F_OK) == 0;
	if (absent != state->absent) {
		power_off(card, "power off: removed");
		state->removals += absent;
		state->absent = absent;
		vc_log_event(card->log, absent ? "removed" : "inserted");
	}
	vc_state_leave(&card->state);
	return !absent;
}

void
vc_card_pull(struct virtual_card *card)
{
	char path[4096];
	int fd = removed_path(card, path, sizeof(path)) ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd < 0)
		fprintf(stderr, "virtual card: cannot make %s\n", path);
	else
		close(fd);
	(void)vc_card_present(card);
}

void
vc_card_open_pins(struct virtual_card *card)
{
	struct vc_card_state *state = card->state.card;
	size_t i;

	vc_state_enter(&card->state);
	for (i = 0; vc_pin_get(i) != NULL; i++)
		if (vc_pin_get(i)->app == state->app)
			state->verified |= 1u << i;
	vc_state_leave(&card->state);
}

int
vc_card_open(struct virtual_card *card, const char *dir, const struct vc_variant *variant, const char *log)
{
	memset(card, 0, sizeof(*card));
	card->log = -1;
	card->variant = *variant;
	card->atr = vc_atr_find(variant->atr);
	card->dir = strdup(dir);
	if (card->dir == NULL || card->atr == NULL || vc_folder_make(dir) != 0)
		goto err;
	if (log != NULL && *log != '\0' && (card->log = vc_log_open(log)) < 0)
		goto err;
	if (vc_state_open(&card->state, card->dir, variant) != 0)
		goto err;
	if (vc_content_build(&card->content, card->dir, variant) != 0)
		goto err;
	return 0;
err:
	vc_card_close(card);
	return -1;
}

void
vc_card_close(struct virtual_card *card)
{
	vc_state_close(&card->state);
	vc_content_free(&card->content);
	free(card->dir);
	card->dir = NULL;
	if (card->log >= 0)
		close(card->log);
	card->log = -1;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the virtual card with arbitrary commands, in several of its variants. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* nftw */
#endif

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#include "virtual-card/card.h"

/* The kinds of chunks. The upper bits of the first chunk's type choose the variant. */
enum {
	CHUNK_COMMAND,
	CHUNK_POWER_OFF,
	CHUNK_POWER_ON,
	CHUNK_RESET,
	CHUNK_OPEN_PINS,
	CHUNK_PULL,
	CHUNK_INSERT,
	CHUNK_KINDS
};

/* A signature takes the card a millisecond, so the number of commands is limited. */
#define COMMANDS_MAX 64
#define STATUS_LEN   2
#define FOLDERS_MAX  8 /* open at the same time */

static const char *const variants[] = {
		"",
		"android",
		"no-sfi,short-reads,query-9000,licence",
		"no-extended,blocked-auth,blocked-6983,first-6f00,licence-blocked",
		"iphone,no-pss,reselect-drops,atr-unknown",
		"extended-broken,long-form,long-names,no-juki,blocked-sign,blocked-6984,licence-torn,licence-long-form",
		"tamper-name,tamper-address,tamper-photo,tamper-my-number,tamper-signature,tamper-cv,old-card,tamper-licence,licence-old-forms,licence-no-pin,residence-special",
		"tamper-clone,tamper-foreign-record,tamper-foreign-cv,no-common,licence-full,residence",
};
#define VARIANT_COUNT (sizeof(variants) / sizeof(variants[0]))

static struct {
	struct virtual_card card;
	struct vc_card_state fresh;
} cards[VARIANT_COUNT];
/* The folder is in memory, because removing a card creates a file. */
static char folder[] = "/dev/shm/fuzz-card.XXXXXX", removed[sizeof(folder) + sizeof("/card.removed")];

static int
remove_entry(const char *path, const struct stat *about, int type, struct FTW *where)
{
	(void)about;
	(void)type;
	(void)where;
	return remove(path);
}

static void
remove_folder(void)
{
	(void)nftw(folder, remove_entry, FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
}

void
fuzz_prepare(void)
{
	size_t i;

	PROMISE(mkdtemp(folder) != NULL && atexit(remove_folder) == 0);
	snprintf(removed, sizeof(removed), "%s/card.removed", folder);
	for (i = 0; i < VARIANT_COUNT; i++) {
		struct vc_variant variant = {0};

		PROMISE(vc_variant_parse(&variant, variants[i]) == 0);
		PROMISE(vc_card_open(&cards[i].card, folder, &variant, "/dev/null") == 0);
		cards[i].fresh = *cards[i].card.state.card;
	}
}

/* A PIN without tries left must stay blocked, because no command of the card restores tries. */
static void
expect_counters(const struct vc_card_state *before, const struct vc_card_state *after)
{
	size_t i;

	for (i = 0; vc_pin_get(i) != NULL; i++) {
		PROMISE(after->pins[i].tries_left <= vc_pin_get(i)->max_tries && after->pins[i].len <= VC_PIN_LEN_MAX);
		PROMISE(before->pins[i].tries_left > 0 || after->pins[i].tries_left == 0);
	}
}

static void
send_command(struct virtual_card *card, const struct chunk *chunk)
{
	static uint8_t answer[VC_ANSWER_MAX];
	struct vc_card_state before = *card->state.card;
	bool powered = vc_card_powered(card);
	size_t len = vc_card_transmit(card, chunk->data, chunk->len, answer);

	PROMISE(powered ? len >= STATUS_LEN && len <= VC_ANSWER_MAX : len == 0);
	if (len > 0)
		PROMISE((answer[len - STATUS_LEN] & 0xF0) == 0x60 || (answer[len - STATUS_LEN] == 0x90 && answer[len - 1] == 0x00));
	expect_counters(&before, card->state.card);
}

/* Inserts the card into the reader if it is not there. */
static void
insert(struct virtual_card *card)
{
	(void)unlink(removed);
	PROMISE(vc_card_present(card));
	vc_card_power_on(card);
}

static void
act(struct virtual_card *card, const struct chunk *chunk)
{
	switch (chunk->type % CHUNK_KINDS) {
	case CHUNK_POWER_OFF:
		vc_card_power_off(card);
		break;
	case CHUNK_POWER_ON:
		vc_card_power_on(card);
		break;
	case CHUNK_RESET:
		vc_card_warm_reset(card);
		break;
	case CHUNK_OPEN_PINS:
		vc_card_open_pins(card);
		break;
	case CHUNK_PULL:
		vc_card_pull(card);
		PROMISE(!vc_card_powered(card));
		break;
	case CHUNK_INSERT:
		insert(card);
		break;
	default:
		send_command(card, chunk);
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t i = size > 0 ? data[0] / CHUNK_KINDS % VARIANT_COUNT : 0;
	struct virtual_card *card = &cards[i].card;
	struct chunk chunk;
	unsigned commands;

	*card->state.card = cards[i].fresh;
	insert(card);
	for (commands = 0; commands < COMMANDS_MAX && chunk_next(&data, &size, &chunk); commands++)
		act(card, &chunk);
	return 0;
}

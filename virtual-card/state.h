/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The state of the card, which all processes share: the file card.state in the persona's folder, mapped into memory. Access it
 * only between vc_state_enter() and vc_state_leave().
 */
#ifndef VIRTUAL_CARD_STATE_H
#define VIRTUAL_CARD_STATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "structure.h"
#include "variant.h"

struct vc_pin_state {
	uint8_t tries_left;
	uint8_t changed; /* the value below is valid instead of the persona's */
	uint8_t len;
	uint8_t value[VC_PIN_LEN_MAX];
};

/* The exact layout of the file. */
struct vc_card_state {
	char magic[8];
	uint32_t version;
	uint32_t size;
	struct vc_variant_set variant; /* the variant that this state belongs to; another variant is another card */

	/* what the card keeps without power */
	struct vc_pin_state pins[VC_PINS_MAX];

	/* what the card loses without power */
	uint32_t powered;
	uint32_t first_command; /* no command has come since power-up */
	uint32_t app;		/* enum vc_app */
	uint32_t current_ef;	/* 0: none */
	uint32_t verified;	/* bit n: PIN number n of structure.h */
	uint32_t middle_reads;	/* for the variants spurious-*: READs that started in the middle of a file */
	uint32_t verified_app;	/* the application that the verified PINs belong to: the one selected last, which a warm reset keeps */

	/* counters of the reader, so that each user notices what others did */
	uint32_t resets;
	uint32_t removals;
	uint32_t absent;
};

struct vc_state {
	struct vc_card_state *card; /* mapped */
	pthread_mutex_t mutex;
	int lock_fd;
	pid_t owner; /* the process that opened the lock, because a child of fork() needs a descriptor of its own */
	const char *dir;
};

/* Maps DIR/card.state. Creates a new file if it is missing, has another version, or belongs to another variant. DIR must
 * outlive STATE. Returns 0, or -1 with a message on stderr. */
int vc_state_open(struct vc_state *state, const char *dir, const struct vc_variant *variant);

void vc_state_close(struct vc_state *state);

/* Only one user at a time can be between these two, across threads and processes. */
void vc_state_enter(struct vc_state *state);
void vc_state_leave(struct vc_state *state);

#endif

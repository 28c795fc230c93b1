/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The state of the one card that all processes share: the file card.state in the persona's folder, mapped into memory.
 * All access stands between vc_state_enter() and vc_state_leave().
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
	uint8_t changed; /* the value below counts, not the persona's */
	uint8_t len;
	uint8_t value[VC_PIN_LEN_MAX];
};

/* The file, byte for byte. */
struct vc_card_state {
	char magic[8];
	uint32_t version;
	uint32_t size;
	struct vc_variant_set variant; /* another variant is another card, with a state of its own */

	/* what a card keeps without power */
	struct vc_pin_state pins[VC_PINS_MAX];

	/* what it loses */
	uint32_t powered;
	uint32_t first_command; /* none has come since power-up */
	uint32_t app;		/* enum vc_app */
	uint32_t current_ef;	/* 0: none */
	uint32_t verified;	/* bit n: PIN number n of structure.h */
	uint32_t middle_reads;	/* of the variants spurious-*: READs that began in the middle of a file */
	uint32_t verified_app;	/* whose PINs these are: the application selected last, which a warm reset does not forget */

	/* what the reader counts, so that each user learns what others did */
	uint32_t resets;
	uint32_t removals;
	uint32_t absent;
};

struct vc_state {
	struct vc_card_state *card; /* mapped */
	pthread_mutex_t mutex;
	int lock_fd;
	pid_t owner; /* a child of fork() needs a lock descriptor of its own */
	const char *dir;
};

/* Maps DIR/card.state. Writes a new one if it is missing, or from another version or of another variant.
 * DIR must outlive STATE. 0, or -1 with a message on stderr. */
int vc_state_open(struct vc_state *state, const char *dir, const struct vc_variant *variant);

void vc_state_close(struct vc_state *state);

/* One user at a time, over threads and processes. */
void vc_state_enter(struct vc_state *state);
void vc_state_leave(struct vc_state *state);

#endif

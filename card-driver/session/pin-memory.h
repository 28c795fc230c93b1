/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a connection remembers of the PIN values that the card has judged: salted hashes, never a value.
 *
 * OpenSC's PIN cache sends a value again of which the driver cannot tell whether a user has just entered it. When somebody
 * has changed the PIN elsewhere, each program that holds the old value would use up a try. Hence a value that the card has
 * refused is not sent again, and one that was right before is held back once when tries are missing.
 */
#ifndef MYNUMBER_PIN_MEMORY_H
#define MYNUMBER_PIN_MEMORY_H

#include "card-driver/card/card-map.h"
#include "card-driver/trust/crypto.h"

/* As many wrong values as the card counts tries, at most. */
#define PIN_REFUSED_MAX 10
#define PIN_SALT_LEN	16

struct pin_memory {
	uint8_t refused[PIN_REFUSED_MAX][SHA256_LEN];
	size_t refused_count;
	uint8_t right[SHA256_LEN]; /* the value that the card took last */
	bool right_known;
	bool held_back;	 /* the right value was held back once */
	bool sent_blind; /* a VERIFY was sent without knowing how many tries are left */
	int tries_left;	 /* what the card's last answer to a VERIFY of this connection left; -1: no such answer */
};

/* One for each PIN of the card. Survives a reset: session_begin() refuses another card. */
struct pin_memories {
	bool salted;
	uint8_t salt[PIN_SALT_LEN];
	struct pin_memory of[PIN_COUNT];
};

enum pin_standing {
	PIN_MAY_BE_SENT,
	PIN_WAS_REFUSED, /* by the card, and its counter has not been set back since */
	PIN_HELD_BACK	 /* right before, but tries are missing that this connection has not used */
};

void pin_memories_init(struct pin_memories *memories);

/* The hash under which a value of LEN (at most PIN_LENGTH_MAX) bytes is remembered. SC_SUCCESS, or SC_ERROR_* without memory or random numbers. */
int pin_memory_hash(struct pin_memories *memories, enum pin_id pin, const uint8_t *value, size_t len, uint8_t hash[SHA256_LEN]);

/* The card has told its counter: one that was set back makes all values that it refused possible again. */
void pin_memory_note_counter(struct pin_memory *memory, const struct card_pin *pin, int tries_left);

/* Whether a value may be sent, when TRIES_LEFT (-1: unknown) is the counter. CACHED: it may be OpenSC's cache that sends it. */
enum pin_standing pin_memory_judge(struct pin_memory *memory, const uint8_t hash[SHA256_LEN], int tries_left, bool cached);

/* The card has taken a value, by VERIFY or as a new one. HASH is NULL for one that was typed at the reader. */
void pin_memory_note_right(struct pin_memory *memory, const struct card_pin *pin, const uint8_t *hash);

/* The card has refused a value, which leaves so many tries. */
void pin_memory_note_refused(struct pin_memory *memory, const uint8_t *hash, int tries_left);

#endif

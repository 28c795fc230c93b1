/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Remembers, for one connection, which PIN values the card has accepted or refused. It stores salted hashes and never a
 * value.
 *
 * OpenSC's PIN cache, or a program, may send a value again, and the driver cannot always distinguish that from a value
 * that the user has just entered. If the PIN was changed elsewhere, each program that holds the old value would use up a try. Therefore a value
 * that the card has refused is not sent again, and a value that was right before is held back once if the counter shows
 * tries used outside this connection. A value that OpenSC's PIN cache certainly repeats is held back if any try is used.
 */
#ifndef MYNUMBER_PIN_MEMORY_H
#define MYNUMBER_PIN_MEMORY_H

#include "card-driver/card/card-map.h"
#include "card-driver/trust/crypto.h"

/* The number of wrong values that are remembered: the highest number of tries of any PIN of the card. */
#define PIN_REFUSED_MAX 10
#define PIN_SALT_LEN	16

struct pin_memory {
	uint8_t refused[PIN_REFUSED_MAX][SHA256_LEN];
	size_t refused_count;
	uint8_t right[SHA256_LEN]; /* hash of the value that the card accepted last */
	bool right_known;
	bool held_back;	 /* the right value was held back once */
	bool sent_blind; /* a VERIFY was sent without knowing how many tries are left */
	int tries_left;	 /* tries left according to the card's last answer to a VERIFY of this connection; -1: no such answer */
};

/* One entry for each PIN of the card. The entries survive a reset, because session_begin() refuses another card. */
struct pin_memories {
	bool salted;
	uint8_t salt[PIN_SALT_LEN];
	struct pin_memory of[PIN_COUNT];
};

enum pin_origin {
	PIN_ENTERED, /* the user has just entered the value */
	PIN_GIVEN,   /* a program gives the value, from an entry or from a cache */
	PIN_REPEATED /* the value follows a refused signature in the same transaction: OpenSC's PIN cache sends it */
};

enum pin_standing {
	PIN_MAY_BE_SENT,
	PIN_WAS_REFUSED, /* the card refused the value and has not reset its counter since */
	PIN_HELD_BACK	 /* the value was right before, but tries were used since */
};

/* Sets MEMORIES to the state before any VERIFY: no values, and no known numbers of tries. */
void pin_memories_init(struct pin_memories *memories);

/* Computes the hash under which a value of LEN (at most PIN_LENGTH_MAX) bytes is remembered. Returns SC_SUCCESS, or
 * SC_ERROR_* if memory or random numbers are not available. */
int pin_memory_hash(struct pin_memories *memories, enum pin_id pin, const uint8_t *value, size_t len, uint8_t hash[SHA256_LEN]);

/* Stores the counter that the card has reported. If the counter was reset, the values that the card refused before may
 * be right now and are forgotten. */
void pin_memory_note_counter(struct pin_memory *memory, const struct card_pin *pin, int tries_left);

/* Returns whether a value may be sent. TRIES_LEFT is the current counter, -1 if unknown. */
enum pin_standing pin_memory_judge(struct pin_memory *memory, const struct card_pin *pin, const uint8_t hash[SHA256_LEN], int tries_left, enum pin_origin origin);

/* Notes that the card has accepted a value, by VERIFY or as a new value. HASH is NULL for a value that was typed at the
 * reader. */
void pin_memory_note_right(struct pin_memory *memory, const struct card_pin *pin, const uint8_t *hash);

/* Notes that the card has refused a value and has TRIES_LEFT tries left. HASH is NULL for a value that was typed at the
 * reader. */
void pin_memory_note_refused(struct pin_memory *memory, const uint8_t *hash, int tries_left);

#endif

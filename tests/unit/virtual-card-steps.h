/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conversations with the virtual card, written as tables. */
#ifndef TESTS_UNIT_VIRTUAL_CARD_STEPS_H
#define TESTS_UNIT_VIRTUAL_CARD_STEPS_H

#include "virtual-card/card.h"

/*
 * SEND: an APDU in hex, spaces ignored; or "reset", "power" (off and on).
 * Within the hex, <18> stands for Lc and value of the PIN in EF 0018 of the current application, <18!> for a wrong value as long.
 * EXPECT: the answer in hex; within it [20] stands for any 20 bytes, {0A:4:16} for 16 bytes from offset 4 of EF 000A of the
 * current application (numbers decimal, the EF in hex; 0 bytes: all the rest). Empty for "reset" and "power".
 */
struct step {
	const char *send;
	const char *expect;
};

#define STEPS_MAX 64

/* 32 bytes that serve as a hash or a message. */
#define HASH32 "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"

/* A conversation with a new card. */
struct scenario {
	const char *name;
	const char *variants;
	struct step steps[STEPS_MAX]; /* ends with {NULL, NULL} */
};

struct scenarios {
	const struct scenario *list;
	size_t count;
};

extern const struct scenarios card_scenarios, variant_scenarios, later_scenarios;

/* Steps that most scenarios use. */
/* clang-format off */
#define SELECT_JPKI    {"00A4040C0A D392F000260100000001", "9000"}
#define SELECT_TEXT    {"00A4040C0A D3921000310001010408", "9000"}
#define SELECT_SURFACE {"00A4040C0A D3921000310001010402", "9000"}
#define SELECT_COMMON  {"00A4040C0A D3921000310001010100", "9000"}
#define SELECT_JUKI    {"00A4040C0A D3921000310001010401", "9000"}
#define SELECT_ISD     {"00A4040C07 A0000001510000", "9000"}
#define SELECT_LICENCE {"00A4040C10 A0000002310600000000000000000000", "9000"}
#define SELECT_RESIDENCE {"00A4040C10 D392F0004F0100000000000000000000", "9000"}
/* clang-format on */

/* Opens a new card with VARIANTS (NULL: none) in the tests' persona folder and powers it. */
void open_new_card(struct virtual_card *card, const char *variants);

/* Sends commands to the card. An answer that differs from the expected one fails the test. The table ends with {NULL, NULL}. */
void run_steps(struct virtual_card *card, const struct step *steps);

/* Sends a command in hex and gets the answer (ANSWER has room for VC_ANSWER_MAX bytes). Returns its length. */
size_t exchange_hex(struct virtual_card *card, const char *hex, uint8_t *answer);

/* The folder of the tests' persona; group_setup makes it with its content, and group_teardown removes it. */
extern char persona_dir[];
int group_setup(void **state);
int group_teardown(void **state);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The structure of the card as tables: applications, PINs, and who may read which file. */
#ifndef VIRTUAL_CARD_STRUCTURE_H
#define VIRTUAL_CARD_STRUCTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "variant.h"

#define VC_AID_MAX     16
#define VC_PIN_LEN_MAX 16
#define VC_PINS_MAX    16
#define VC_OPENERS_MAX 3

/* P2 of VERIFY: the PIN of the current EF; and the PIN of the licence application, which is reached by no other P2. No reader was
 * seen that uses 80 there, and another P2 answered 6A82 on a real card. */
#define VC_PIN_OF_CURRENT_EF 0x80
#define VC_LICENCE_PIN	     0x86

struct vc_application {
	enum vc_app app;
	const char *name;
	size_t aid_len;
	uint8_t aid[VC_AID_MAX];
	uint16_t default_key; /* key for 80 2A with P2=00; 0: none */
};

/* How the holder changes a PIN. */
enum vc_pin_change {
	VC_CHANGE_NEVER,
	VC_CHANGE_REFERENCE_DATA, /* 00 24 01 */
	VC_CHANGE_KEY		  /* 80 32 00 */
};

struct vc_pin {
	enum vc_app app;
	uint16_t id;
	uint8_t max_tries; /* 0: blocked at issue */
	uint8_t min_len, max_len;
	bool letters; /* A-Z are allowed in addition to 0-9 */
	enum vc_pin_change change;
	enum vc_variant_id blocked_by; /* the variant that blocks this PIN; VC_V_COUNT: none */
};

enum vc_access {
	VC_FREE,
	VC_PINS, /* any one of the PINs in openers is enough */
	VC_NEVER
};

/* The cards that have a rule. The first rule of a file that holds for a card counts. */
enum vc_cards {
	VC_ALL_CARDS,
	VC_PHONES,
	VC_LICENCES_WITHOUT_PIN
};

/* The access rule of a file: who may read it (working EF) or use it (key). */
struct vc_file {
	enum vc_app app;
	uint16_t id;
	enum vc_access access;
	uint16_t openers[VC_OPENERS_MAX]; /* PIN files in the same application; 0 ends the list */
	enum vc_cards cards;
};

/* An internal EF that exists but whose purpose is unknown. */
struct vc_closed_file {
	enum vc_app app;
	uint16_t id;
};

/* Finds the application; NULL if there is none. */
const struct vc_application *vc_application_get(enum vc_app app);

/* Finds the first application behind AFTER (NULL: from the start) whose AID starts with PREFIX; NULL if there is none. */
const struct vc_application *vc_application_next(const struct vc_application *after, const uint8_t *prefix, size_t len);

/* The PIN with this index (from 0, below VC_PINS_MAX), or NULL. */
const struct vc_pin *vc_pin_get(size_t number);

/* Index of the PIN in this file, or -1. */
int vc_pin_number(enum vc_app app, uint16_t id);

/* The access rule of a file. NULL: nobody has access. */
const struct vc_file *vc_file_rule(enum vc_app app, uint16_t id, const struct vc_variant *variant);

/* True if there is such a closed file. */
bool vc_is_closed_file(enum vc_app app, uint16_t id);

#endif

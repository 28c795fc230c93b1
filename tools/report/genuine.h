/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a record is what was issued (docs/card.md, section 7), and to this card (6.8). Each function prints one line. */
#ifndef REPORT_GENUINE_H
#define REPORT_GENUINE_H

#include <openssl/evp.h>

#include "card-driver/card/tlv.h"
#include "probes.h"
#include "tools/common/buffer.h"

/* What a record holds, and what protects it. */
struct record_kind {
	enum report_app app;
	unsigned id; /* of its EF */
	const char *name;
	const char *form;	      /* fact about its form */
	unsigned outer, first, last;  /* tags: of the whole, and of the objects in it, without a gap; 0: none */
	const char *protection;	      /* fact about what protects it */
	unsigned signature, card_key; /* tags; 0: none */
};

/* A record that was read, in its form: it may be personal, so it is cleared in the end. */
struct record {
	const struct record_kind *kind;
	struct buffer file; /* empty: the record was not read or does not have its form; the report says so */
	struct tlv outer;   /* within the file */
};

/* Whether SIGNER (NULL: not known) has signed the record. */
void genuine_check_signature(const struct record *record, EVP_PKEY *signer);

/* Whether the hash of the record, My Number or the four data, is the object TAG of the integrity record. */
void genuine_check_hash(const struct record *record, const struct record *integrity, unsigned tag);

/* Whether the card, its application selected, holds the key that the record names. It signs a random number, which costs no PIN. */
void genuine_check_card_key(struct report *report, const struct record *record);

#endif

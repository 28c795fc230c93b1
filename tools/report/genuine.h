/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks whether a record was issued as it is (docs/card.md, section 7), and to this card (6.8). Each function prints one line. */
#ifndef REPORT_GENUINE_H
#define REPORT_GENUINE_H

#include <openssl/evp.h>

#include "card-driver/card/tlv.h"
#include "probes.h"
#include "card-driver/base/secret.h"

/* The content and the protection of a record. */
struct record_kind {
	enum report_app app;
	unsigned id; /* of the EF */
	const char *name;
	const char *form;	      /* the fact about its form */
	unsigned outer, first, last;  /* tags: of the record, and of its objects, which have no gap; 0: none */
	const char *protection;	      /* the fact about its protection */
	unsigned signature, card_key; /* tags; 0: none */
};

/* A record that was read. It may be personal: free it with secret_clear(), which clears it. */
struct record {
	const struct record_kind *kind;
	struct secret file; /* empty: the record was not read or does not have its form; the report says so */
	struct tlv outer;   /* within the file */
};

/* Checks whether SIGNER (NULL: unknown) signed the record. */
void genuine_check_signature(const struct record *record, EVP_PKEY *signer);

/* Compares the hash of the record with the object TAG of the integrity record. */
void genuine_check_hash(const struct record *record, const struct record *integrity, unsigned tag);

/* Checks that the card holds the key that the record names: the card signs a random number, which needs no PIN. The application must be
 * selected. */
void genuine_check_card_key(struct report *report, const struct record *record);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is on a virtual My Number Card: files, keys and PIN values, built in memory from a persona.
 * The card's behaviour (commands, access rules, counters) knows nothing of how content is made.
 */
#ifndef VIRTUAL_CARD_CONTENT_H
#define VIRTUAL_CARD_CONTENT_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "variant.h"

enum vc_item_kind {
	VC_EF,	    /* transparent EF: the physical content, padding included */
	VC_RECORDS, /* record EF: simple TLV records one after another */
	VC_KEY,	    /* IEF with an RSA private key */
	VC_PIN,	    /* IEF with a PIN: its reference value; the try limit stands in the card's own table */
	VC_DATA	    /* data object of GET DATA on the platform; id is the tag */
};

struct vc_item {
	enum vc_app app;
	uint16_t id; /* file id, or GET DATA tag */
	enum vc_item_kind kind;
	uint8_t *data; /* owned; NULL for keys */
	size_t len;
	EVP_PKEY *key; /* owned; NULL for all but keys */
};

struct vc_content {
	struct vc_item *items;
	size_t count;
};

/* Loads the persona in folder DIR, making it first if the folder has none (SEED decides who it is),
 * and builds what VARIANT says. 0, or -1 with a message on stderr. */
int vc_content_build(struct vc_content *content, const char *dir, const struct vc_variant *variant);

/* Clears and frees everything; CONTENT is empty afterwards. */
void vc_content_free(struct vc_content *content);

/* The item, or NULL. */
const struct vc_item *vc_content_find(const struct vc_content *content, enum vc_app app, uint16_t id);

#endif

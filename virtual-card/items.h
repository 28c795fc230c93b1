/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files, keys and PIN values that a card holds, as a list that its maker fills and that its commands read. */
#ifndef VIRTUAL_CARD_ITEMS_H
#define VIRTUAL_CARD_ITEMS_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "bytes.h"
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

/* Adds an item, which takes BYTES and KEY over. Out of memory: ends the program. */
void vc_item_add(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, struct bytes bytes, EVP_PKEY *key);

/* Adds an item that holds TEXT, without its final NUL. */
void vc_item_add_text(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, const char *text);

/* Adds an IEF with KEY. */
void vc_item_add_key(struct vc_content *content, enum vc_app app, uint16_t id, EVP_PKEY *key);

/* Adds an EF that is SPARE bytes larger than its object. */
void vc_item_add_padded(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t spare);

/* Adds an EF of SIZE bytes. */
void vc_item_add_filled(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t size);

/* Clears and frees everything; CONTENT is empty afterwards. */
void vc_content_free(struct vc_content *content);

/* The item, or NULL. */
const struct vc_item *vc_content_find(const struct vc_content *content, enum vc_app app, uint16_t id);

#endif

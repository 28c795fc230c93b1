/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files, keys and PIN values on a card, as a list. The code that makes the content fills it, and the commands read it. */
#ifndef VIRTUAL_CARD_ITEMS_H
#define VIRTUAL_CARD_ITEMS_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "bytes.h"
#include "variant.h"

enum vc_item_kind {
	VC_EF,	    /* transparent EF: its physical content, including padding */
	VC_RECORDS, /* record EF: simple TLV records one after another */
	VC_KEY,	    /* IEF with an RSA private key */
	VC_PIN,	    /* IEF with a PIN: its reference value; the try limit is in the table of the card's structure */
	VC_DATA	    /* data object of GET DATA on the platform; id is the tag */
};

struct vc_item {
	enum vc_app app;
	uint16_t id; /* file id, or GET DATA tag */
	enum vc_item_kind kind;
	uint8_t *data; /* owned; NULL for keys */
	size_t len;
	EVP_PKEY *key; /* owned; NULL for items other than keys */
};

struct vc_content {
	struct vc_item *items;
	size_t count;
};

/* Adds an item, which takes ownership of BYTES and KEY. If memory runs out, the program ends. */
void vc_item_add(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, struct bytes bytes, EVP_PKEY *key);

/* Adds an item that holds TEXT, without its final NUL. */
void vc_item_add_text(struct vc_content *content, enum vc_app app, uint16_t id, enum vc_item_kind kind, const char *text);

/* Adds an IEF with KEY. */
void vc_item_add_key(struct vc_content *content, enum vc_app app, uint16_t id, EVP_PKEY *key);

/* Adds an EF that is SPARE bytes larger than its object. */
void vc_item_add_padded(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t spare);

/* Adds an EF of SIZE bytes. */
void vc_item_add_filled(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes, uint8_t padding, size_t size);

/* Clears and frees all items; CONTENT is empty afterwards. */
void vc_content_free(struct vc_content *content);

/* Finds the item; NULL if there is none. */
const struct vc_item *vc_content_find(const struct vc_content *content, enum vc_app app, uint16_t id);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tamper.h"

#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "persona.h"
#include "records.h"

#define FOREIGN_SEED 4711

/* A bit to flip, by its byte offset behind a tag (0: from the start of the file). */
static const struct {
	enum vc_variant_id variant;
	enum vc_app app;
	uint16_t id;
	uint16_t tag;
	size_t offset;
} flips[] = {
		{VC_V_TAMPER_NAME, VC_TEXT, 0x0002, 0xDF22, 5},
		{VC_V_TAMPER_ADDRESS, VC_TEXT, 0x0002, 0xDF23, 5},
		{VC_V_TAMPER_PHOTO, VC_SURFACE, 0x0002, 0xDF27, 2000},
		{VC_V_TAMPER_MY_NUMBER, VC_TEXT, 0x0001, 0, 7},
		{VC_V_TAMPER_SIGNATURE, VC_TEXT, 0x0003, 0xDF33, 40},
		{VC_V_TAMPER_SIGNATURE, VC_SURFACE, 0x0002, 0xDF28, 40},
		{VC_V_TAMPER_CV, VC_TEXT, 0x0004, 0x5F4E, 100},
		{VC_V_TAMPER_CV, VC_SURFACE, 0x0004, 0x5F4E, 100},
};

static struct vc_item *
find(struct vc_content *content, enum vc_app app, uint16_t id)
{
	size_t i;

	for (i = 0; i < content->count; i++)
		if (content->items[i].app == app && content->items[i].id == id)
			return &content->items[i];
	return NULL;
}

/* Reads the header of an object with a two-byte tag: the header's length, and the length of the value. */
static size_t
read_head(const uint8_t *object, size_t *len)
{
	size_t i, more = (object[2] & 0x80) == 0 ? 0 : object[2] & 0x7F;

	*len = more == 0 ? object[2] : 0;
	for (i = 0; i < more; i++)
		*len = *len << 8 | object[3 + i];
	return 3 + more;
}

/* Finds the object TAG in the record of a file, or returns NULL. It parses the record, because the bytes of a tag may also
 * occur in a key or in the photo. */
static uint8_t *
find_object(const struct vc_item *item, uint16_t tag)
{
	size_t len, at = read_head(item->data, &len), end = at + len;

	while (at + 4 < end && end <= item->len) {
		uint8_t *object = item->data + at;

		if ((object[0] << 8 | object[1]) == tag)
			return object;
		at += read_head(object, &len);
		at += len;
	}
	return NULL;
}

static void
flip(struct vc_content *content, size_t i)
{
	struct vc_item *item = find(content, flips[i].app, flips[i].id);
	uint8_t *at;

	if (item == NULL)
		return;
	at = flips[i].tag == 0 ? item->data : find_object(item, flips[i].tag);
	if (at != NULL && (size_t)(at - item->data) + flips[i].offset < item->len)
		at[flips[i].offset] ^= 0x01;
}

static void
replace(struct vc_content *content, enum vc_app app, uint16_t id, struct bytes bytes)
{
	struct vc_item *item = find(content, app, id);

	if (item == NULL) {
		bytes_free(&bytes);
		return;
	}
	free(item->data);
	item->data = bytes.data;
	item->len = bytes.len;
}

static void
replace_key(struct vc_content *content, enum vc_app app, uint16_t id, EVP_PKEY *key)
{
	struct vc_item *item = find(content, app, id);

	if (item == NULL) {
		EVP_PKEY_free(key);
		return;
	}
	EVP_PKEY_free(item->key);
	item->key = key;
}

/* Takes another holder's records, which the same municipality has signed. They are genuine, but do not belong to this card. */
static void
foreign_records(struct vc_content *content, const char *dir)
{
	EVP_PKEY *card_key = key_get(dir, "foreign-card"), *signer = key_get(dir, "municipality-surface");
	struct bytes images[4] = {{0}}, birth = {0};
	struct persona other;
	size_t i;

	persona_invent(&other, FOREIGN_SEED);
	images[0] = bytes_read_file(dir, "images/name.png");
	images[1] = bytes_read_file(dir, "images/address.png");
	images[2] = bytes_read_file(dir, "images/photo.jp2");
	images[3] = bytes_read_file(dir, "images/security-code.png");
	replace(content, VC_TEXT, 0x0002, record_four_data(&other, NULL, OUTER_LENGTH_LONG));
	replace(content, VC_SURFACE, 0x0002, record_face(&other, images, card_key, signer));
	bytes_add(&birth, other.birth, strlen(other.birth));
	replace(content, VC_SURFACE, 0x0001, record_signed(0xFF10, 0xDF11, &birth, card_key, signer));
	bytes_free(&birth);
	for (i = 0; i < 4; i++)
		bytes_free(&images[i]);
	EVP_PKEY_free(card_key);
	EVP_PKEY_free(signer);
}

static void
swap_certificates(struct vc_content *content)
{
	struct vc_item *text = find(content, VC_TEXT, 0x0004), *surface = find(content, VC_SURFACE, 0x0004), copy;

	if (text == NULL || surface == NULL)
		return;
	copy = *text;
	text->data = surface->data;
	text->len = surface->len;
	surface->data = copy.data;
	surface->len = copy.len;
}

void
tamper(struct vc_content *content, const char *dir, const struct vc_variant *variant)
{
	size_t i;

	if (vc_variant_has(variant, VC_V_TAMPER_FOREIGN_RECORD))
		foreign_records(content, dir);
	if (vc_variant_has(variant, VC_V_TAMPER_FOREIGN_CV))
		swap_certificates(content);
	if (vc_variant_has(variant, VC_V_TAMPER_CLONE)) {
		replace_key(content, VC_TEXT, 0x0013, key_get(dir, "clone"));
		replace_key(content, VC_SURFACE, 0x001A, key_get(dir, "clone"));
	}
	for (i = 0; i < sizeof(flips) / sizeof(flips[0]); i++)
		if (vc_variant_has(variant, flips[i].variant))
			flip(content, i);
}

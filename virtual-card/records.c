/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "records.h"

#include <string.h>

#include "keys.h"
#include "own-openssl.h"

#define KEY_ID_LEN 16

static struct bytes
wrap(unsigned tag, struct bytes *content, bool long_form)
{
	struct bytes object = {0};

	bytes_tlv(&object, tag, content->data, content->len, long_form);
	bytes_free(content);
	return object;
}

static void
put_text(struct bytes *bytes, unsigned tag, const char *text, bool long_form)
{
	bytes_tlv(bytes, tag, text, strlen(text), long_form);
}

static void
put_hash(struct bytes *bytes, const void *data, size_t len)
{
	uint8_t hash[VC_SHA256_LEN];

	vc_hash(data, len, hash);
	bytes_add(bytes, hash, sizeof(hash));
}

static void
put_signature(struct bytes *bytes, unsigned tag, EVP_PKEY *signer, const void *data, size_t len)
{
	struct bytes signature = {0};

	key_sign(&signature, signer, data, len);
	bytes_tlv(bytes, tag, signature.data, signature.len, false);
	bytes_free(&signature);
}

/* Inserts the offset table (16-bit offsets from the start of the file) before the objects. The header of the outer object
 * grows with its content, and this moves the offsets. */
static struct bytes
with_offsets(unsigned outer, unsigned tag, const struct bytes *objects, const size_t *starts, size_t count, enum length_form form)
{
	bool outer_long = form != SHORT_LENGTHS, long_form = form == ALL_LENGTHS_LONG;
	size_t table_len = 2 + (long_form ? 3 : 1) + 2 * count, content_len = table_len + objects->len;
	size_t base = 2 + (content_len > 0xFF || outer_long ? 3u : content_len > 0x7F ? 2u
										      : 1u) +
		      table_len,
	       i;
	struct bytes content = {0}, table = {0};

	for (i = 0; i < count; i++) {
		uint8_t offset[] = {(uint8_t)((base + starts[i]) >> 8), (uint8_t)(base + starts[i])};

		bytes_add(&table, offset, sizeof(offset));
	}
	bytes_tlv(&content, tag, table.data, table.len, long_form);
	bytes_add(&content, objects->data, objects->len);
	bytes_free(&table);
	return wrap(outer, &content, outer_long);
}

struct bytes
record_four_data(const struct persona *persona, const char *furigana, enum length_form form)
{
	const char *const values[] = {persona->name, persona->address, persona->birth, persona->sex, furigana};
	size_t starts[5], i;
	struct bytes objects = {0}, record;

	for (i = 0; i < 5 && values[i] != NULL; i++) {
		starts[i] = objects.len;
		put_text(&objects, 0xDF22 + (unsigned)i, values[i], form == ALL_LENGTHS_LONG);
	}
	record = with_offsets(0xFF20, 0xDF21, &objects, starts, i, form);
	bytes_free(&objects);
	return record;
}

struct bytes
record_number(const char *my_number)
{
	struct bytes record = {0};

	put_text(&record, 0xFF10, my_number, false);
	bytes_fill(&record, 0xFF, 2);
	return record;
}

/* Returns the objects behind the offset table. The first offset says where they start. */
static void
hash_after_offsets(struct bytes *hash, const struct bytes *record)
{
	static const uint8_t table_tag[] = {0xDF, 0x21};
	const uint8_t *p = memmem(record->data, record->len, table_tag, sizeof(table_tag));
	size_t start;

	p += sizeof(table_tag);
	p += *p < 0x80 ? 1 : 3;
	start = (size_t)p[0] << 8 | p[1];
	put_hash(hash, record->data + start, record->len - start);
}

struct bytes
record_integrity(const struct bytes *number, const struct bytes *four_data, EVP_PKEY *signer)
{
	struct bytes content = {0}, hash = {0};

	put_hash(&hash, number->data, number->len);
	bytes_tlv(&content, 0xDF31, hash.data, hash.len, false);
	bytes_free(&hash);
	hash_after_offsets(&hash, four_data);
	bytes_tlv(&content, 0xDF32, hash.data, hash.len, false);
	bytes_free(&hash);
	put_signature(&content, 0xDF33, signer, content.data, content.len);
	return wrap(0xFF30, &content, false);
}

struct bytes
record_signed(unsigned outer, unsigned tag, const struct bytes *value, EVP_PKEY *card_key, EVP_PKEY *signer)
{
	struct bytes content = {0}, public = {0};

	bytes_tlv(&content, tag++, value->data, value->len, false);
	if (card_key != NULL) {
		key_put_public(&public, card_key);
		bytes_tlv(&content, tag++, public.data, public.len, false);
		bytes_free(&public);
	}
	put_signature(&content, tag, signer, content.data, content.len);
	return wrap(outer, &content, false);
}

struct bytes
record_face(const struct persona *persona, const struct bytes images[4], EVP_PKEY *card_key, EVP_PKEY *signer)
{
	struct bytes objects = {0}, hashes = {0}, public = {0}, record;
	size_t starts[10], n = 0;

	starts[n++] = objects.len;
	put_text(&objects, 0xDF22, persona->birth, false);
	starts[n++] = objects.len;
	put_text(&objects, 0xDF23, persona->sex, false);
	starts[n++] = objects.len;
	key_put_public(&public, card_key);
	bytes_tlv(&objects, 0xDF24, public.data, public.len, false);
	bytes_free(&public);
	starts[n++] = objects.len;
	bytes_tlv(&objects, 0xDF25, images[0].data, images[0].len, false);
	starts[n++] = objects.len;
	bytes_tlv(&objects, 0xDF26, images[1].data, images[1].len, false);
	starts[n++] = objects.len;
	bytes_tlv(&objects, 0xDF27, images[2].data, images[2].len, false);
	put_hash(&hashes, objects.data, starts[3]);
	put_hash(&hashes, objects.data + starts[3], starts[5] - starts[3]);
	put_hash(&hashes, objects.data + starts[5], objects.len - starts[5]);
	starts[n++] = objects.len;
	put_signature(&objects, 0xDF28, signer, hashes.data, hashes.len);
	starts[n++] = objects.len;
	put_text(&objects, 0xDF29, persona->card_expiry, false);
	starts[n++] = objects.len;
	bytes_tlv(&objects, 0xDF2A, images[3].data, images[3].len, false);
	record = with_offsets(0xFF20, 0xDF21, &objects, starts, n, SHORT_LENGTHS);
	bytes_free(&objects);
	bytes_free(&hashes);
	return record;
}

void
record_key_id(uint8_t id[KEY_ID_LEN], const char *digits)
{
	static const uint8_t rest[] = {0x08, 0x05, '0', '0', '1', 0x00, 0x00, 0x00, 0x00};

	memcpy(id, digits, 7);
	memcpy(id + 7, rest, sizeof(rest));
}

struct bytes
record_cv_certificate(const char *issuer_id, const char *subject_id, EVP_PKEY *subject, EVP_PKEY *ca)
{
	struct bytes body = {0}, content = {0};
	uint8_t id[KEY_ID_LEN];

	record_key_id(id, issuer_id);
	bytes_add(&body, id, sizeof(id));
	record_key_id(id, subject_id);
	bytes_add(&body, id, sizeof(id));
	key_put_public(&body, subject);
	bytes_tlv(&content, 0x5F4E, body.data, body.len, false);
	put_signature(&content, 0x5F37, ca, body.data, body.len);
	bytes_free(&body);
	return wrap(0x7F21, &content, false);
}

static void
put_padded(struct bytes *bytes, const char *text, size_t size)
{
	size_t len = strlen(text);

	bytes_add(bytes, text, len);
	bytes_fill(bytes, ' ', size - len);
}

static void
put_numbers(struct bytes *bytes, const uint32_t *numbers, size_t count)
{
	for (; count > 0; count--, numbers++) {
		uint8_t big_endian[] = {(uint8_t)(*numbers >> 24), (uint8_t)(*numbers >> 16), (uint8_t)(*numbers >> 8), (uint8_t)*numbers};

		bytes_add(bytes, big_endian, sizeof(big_endian));
	}
}

struct bytes
record_token_info(const char *label)
{
	/* Flags, sessions, PIN lengths and memory, as in CK_TOKEN_INFO but with big-endian numbers. */
	static const uint32_t numbers[] = {0x0000040D, 1, 0, 1, 0, 16, 6, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF};
	struct bytes info = {0};

	put_padded(&info, label, 32);
	bytes_fill(&info, '0', 31);
	bytes_fill(&info, '1', 1);
	put_padded(&info, "E16R01NJ", 16);
	put_padded(&info, "0000000020500003", 16);
	put_numbers(&info, numbers, sizeof(numbers) / sizeof(numbers[0]));
	put_padded(&info, "0301", 4);
	bytes_fill(&info, '9', 16);
	return info;
}

struct bytes
record_card_number(const struct persona *persona)
{
	struct bytes value = {0}, record = {0};

	bytes_add(&value, persona->serial, 15);
	bytes_add(&value, persona->municipality, 5);
	bytes_add(&value, persona->card_expiry, 8);
	bytes_tlv(&record, 0x01, value.data, value.len, false);
	bytes_free(&value);
	return record;
}

struct bytes
record_text_info(const char *key_id, bool long_form)
{
	static const uint8_t version[] = {0x01, 0x03, 0x0E, 0x01};
	struct bytes content = {0}, opaque = {0};
	uint8_t id[KEY_ID_LEN];

	record_key_id(id, key_id);
	bytes_tlv(&content, 0xDF41, version, sizeof(version), false);
	bytes_tlv(&content, 0xDF42, id, sizeof(id), false);
	bytes_fill(&opaque, 0x5A, 32);
	bytes_fill(&opaque, 0xFF, 96);
	bytes_tlv(&content, 0xDF43, opaque.data, opaque.len, true);
	bytes_free(&opaque);
	return wrap(0xFF40, &content, long_form);
}

struct bytes
record_surface_info(const char *key_id, const char *municipality)
{
	static const uint8_t version[] = {0x06, 0x03, 0x0E, 0x01}, zero[] = {0x00};
	struct bytes content = {0}, opaque = {0};
	uint8_t id[KEY_ID_LEN];

	record_key_id(id, key_id);
	bytes_tlv(&content, 0xDF31, version, sizeof(version), false);
	bytes_tlv(&content, 0xDF32, id, sizeof(id), false);
	bytes_tlv(&content, 0xDF33, zero, sizeof(zero), false);
	put_text(&content, 0xDF34, municipality, false);
	bytes_add(&opaque, id, sizeof(id));
	bytes_fill(&opaque, 0xA5, 256);
	bytes_tlv(&content, 0xDF35, opaque.data, opaque.len, false);
	bytes_free(&opaque);
	return wrap(0xFF30, &content, false);
}

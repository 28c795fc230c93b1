/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-record.h"

#define TAG_PADDING	  0x00
#define TAG_ONE_BYTE_FROM 0x20 /* smaller first bytes belong to tags of two bytes */
#define LENGTH_LONG	  0x80
#define LENGTH_BYTES_MAX  2
#define BYTE_VALUES	  256 /* multiplied, not shifted: provers reason about products */

/* The longest values of the objects with the tags FIRST to LAST (docs/card.md 11). */
static const struct {
	unsigned first, last;
	size_t max;
} longest_values[] = {
		{0xC2, 0xC2, 7},	/* date of the record of the driving history */
		{0xC3, 0xC3, 1},	/* driver category of the history */
		{0xC4, 0xC4, 6},	/* colour class */
		{0xC5, 0xC5, 7},	/* expiry date */
		{0xC6, 0xC9, 80},	/* conditions 1-4 */
		{0xCA, 0xCB, 256},	/* images of characters */
		{0xCC, 0xD3, 80},	/* conditions 5-12 */
		{0xD4, 0xD6, 256},	/* images of characters */
		{0xD7, 0xDE, 80},	/* remarks 1-8 */
		{0xDF, 0xE6, 80},	/* spare */
		{0xE7, 0xE8, 12},	/* numbers of licence and history */
		{0xE9, 0xEB, 7},	/* dates of acquisition */
		{0xEC, 0xFA, 1},	/* classes */
		{0xFB, 0x0106, 7},	/* reserved */
		{0x0107, 0x0107, 2000}, /* photo */
		{0x0108, 0x0108, 256},	/* signature */
		{0x0109, 0x0109, 16},	/* serial number of the signer's certificate */
		{0x010A, 0x010A, 48},	/* reserved */
		{0x010B, 0x010B, 80},	/* issuer */
		{0x010C, 0x010C, 130},	/* subject */
		{0x010D, 0x010D, 32},	/* key identifier */
};

size_t
licence_value_max(unsigned tag)
{
	size_t i;

	/*@ loop assigns i;
	  @ loop variant sizeof(longest_values) / sizeof(longest_values[0]) - i; */
	for (i = 0; i < sizeof(longest_values) / sizeof(longest_values[0]); i++)
		if (longest_values[i].first <= tag && tag <= longest_values[i].last)
			return longest_values[i].max;
	return 0;
}

/* Reads the length at *POS, which is advanced: one byte up to 7F, or 81 and one byte, or 82 and two bytes. */
/*@ requires readable_record(data, len) && \valid(pos) && \valid(value_len);
  @ requires \separated(pos, value_len, data + (0 .. len - 1));
  @ assigns *pos, *value_len;
  @ ensures \result == LICENCE_FOUND ==> \old(*pos) + 1 <= *pos <= \old(*pos) + 3 && *pos <= len && *value_len <= 0xFFFF; */
static enum licence_result
read_length(const uint8_t *data, size_t len, size_t *pos, size_t *value_len)
{
	size_t bytes, length, i;

	if (*pos >= len)
		return LICENCE_CUT;
	length = data[*pos];
	bytes = 0;
	if (length >= LENGTH_LONG) {
		bytes = length - LENGTH_LONG;
		length = 0;
		if (bytes == 0 || bytes > LENGTH_BYTES_MAX)
			return LICENCE_MALFORMED;
		if (bytes > len - *pos - 1)
			return LICENCE_CUT;
	}
	/*@ loop invariant 1 <= i <= bytes + 1;
	  @ loop invariant (bytes == 0 ==> length < LENGTH_LONG) && (bytes > 0 && i == 1 ==> length == 0);
	  @ loop invariant (i == 2 ==> length <= 0xFF) && (i == 3 ==> length <= 0xFFFF);
	  @ loop assigns i, length;
	  @ loop variant bytes - i; */
	for (i = 1; i <= bytes; i++)
		length = length * BYTE_VALUES + data[*pos + i];
	*pos += 1 + bytes;
	*value_len = length;
	return LICENCE_FOUND;
}

enum licence_result
licence_object_header(const uint8_t *data, size_t len, size_t pos, struct licence_object *object)
{
	enum licence_result result;
	size_t value_len = 0;
	unsigned tag;

	if (pos >= len)
		return LICENCE_CUT;
	tag = data[pos++];
	if (tag == TAG_PADDING)
		return LICENCE_ABSENT;
	if (tag < TAG_ONE_BYTE_FROM) {
		if (pos >= len)
			return LICENCE_CUT;
		tag = tag * BYTE_VALUES + data[pos++];
	}
	result = read_length(data, len, &pos, &value_len);
	if (result != LICENCE_FOUND)
		return result;
	object->tag = tag;
	object->value = pos;
	object->len = value_len;
	object->end = pos + value_len;
	return LICENCE_FOUND;
}

enum licence_result
licence_object_find(const uint8_t *data, size_t len, unsigned tag, struct licence_object *object)
{
	enum licence_result result;
	unsigned last = 0;
	size_t pos = 0;

	/*@ loop invariant pos <= len;
	  @ loop assigns pos, last, result, *object;
	  @ loop variant len - pos; */
	while (pos < len) {
		result = licence_object_header(data, len, pos, object);
		if (result != LICENCE_FOUND)
			return result;
		if (object->tag <= last)
			return LICENCE_MALFORMED;
		if (object->tag > tag)
			return LICENCE_ABSENT;
		if (object->end > len)
			return LICENCE_CUT;
		if (object->tag == tag)
			return object->len <= licence_value_max(tag) ? LICENCE_FOUND : LICENCE_MALFORMED;
		last = object->tag;
		pos = object->end;
	}
	return LICENCE_ABSENT;
}

/* Returns true if no object follows one with this tag. */
/*@ assigns \nothing; */
static bool
is_last_tag(unsigned tag)
{
	return tag == LICENCE_TAG_PHOTO || tag == LICENCE_TAG_KEY_ID;
}

bool
licence_record_size(const uint8_t *data, size_t len, size_t max, size_t *size)
{
	struct licence_object object = {0};
	enum licence_result result;
	size_t pos = 0;

	/*@ loop invariant pos <= max;
	  @ loop assigns pos, result, object, *size;
	  @ loop variant max - pos; */
	while (pos < max) {
		result = licence_object_header(data, len, pos, &object);
		if (result == LICENCE_CUT && len < max)
			return false;
		if (result == LICENCE_ABSENT) {
			*size = pos;
			return true;
		}
		if (result != LICENCE_FOUND || object.end > max) {
			*size = len;
			return true;
		}
		pos = object.end;
		if (is_last_tag(object.tag))
			break;
	}
	*size = pos;
	return true;
}

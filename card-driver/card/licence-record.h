/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads the records of the licence application (docs/card.md 11.11 to 11.13). They are lists of objects in ascending order of their
 * tags, each a tag, a length and a value. The encoding is not BER: tags up to FF, also DF and FF, have one byte, tags
 * from 0100 on have two. All functions work on plain bytes and offsets and read nothing beyond LEN. The comments that
 * begin with @ are proved (make prove).
 */
#ifndef MYNUMBER_LICENCE_RECORD_H
#define MYNUMBER_LICENCE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest sizes of the two records, in bytes: the sums of all objects with their longest values. */
#define LICENCE_RECORD_MAX    5845
#define LICENCE_SIGNATURE_MAX 584

/* The last objects of the two records. */
#define LICENCE_TAG_PHOTO  0x0107
#define LICENCE_TAG_KEY_ID 0x010D

/* An object; the members are offsets into the record, except for the tag and the length. */
struct licence_object {
	unsigned tag;
	size_t value; /* of the first byte of the value */
	size_t len;   /* bytes of the value */
	size_t end;   /* of the first byte after the value */
};

/*@ predicate readable_record(uint8_t *data, integer len) = len <= 0xFFFFFF && \valid_read(data + (0 .. len - 1));
  @ predicate has_licence_header(struct licence_object *object, integer pos, integer len) =
  @	pos + 2 <= object->value <= pos + 5 && object->value <= len && object->len <= 0xFFFF && object->end == object->value + object->len; */

enum licence_result {
	LICENCE_FOUND,
	LICENCE_ABSENT,	   /* the record has no such object */
	LICENCE_CUT,	   /* the bytes end before the object does */
	LICENCE_MALFORMED, /* an encoding that no record has */
};

/* Reads tag and length of the object at POS. The value may extend beyond LEN. Returns LICENCE_FOUND; LICENCE_ABSENT if
 * the list ends here with padding; LICENCE_CUT or LICENCE_MALFORMED. *OBJECT is set only for LICENCE_FOUND. */
/*@ requires readable_record(data, len) && \valid(object) && \separated(object, data + (0 .. len - 1));
  @ assigns *object;
  @ ensures \result == LICENCE_FOUND ==> has_licence_header(object, pos, len); */
enum licence_result licence_object_header(const uint8_t *data, size_t len, size_t pos, struct licence_object *object);

/* Finds the object with tag TAG. Returns LICENCE_FOUND if the object lies within LEN and is not longer than its tag
 * allows; LICENCE_ABSENT; LICENCE_CUT; or LICENCE_MALFORMED, also if an object before it is malformed or not in ascending
 * order. */
/*@ requires readable_record(data, len) && \valid(object) && \separated(object, data + (0 .. len - 1));
  @ assigns *object;
  @ ensures \result == LICENCE_FOUND ==> object->tag == tag && object->value + object->len == object->end <= len; */
enum licence_result licence_object_find(const uint8_t *data, size_t len, unsigned tag, struct licence_object *object);

/* Determines the size of a record of at most MAX bytes from its first LEN bytes: the end of its last object, or the start
 * of the padding. A record that is malformed, or has an object that extends beyond MAX, is not read further: its size is
 * LEN. Returns false if LEN bytes do not suffice. */
/*@ requires readable_record(data, len) && \valid(size) && \separated(size, data + (0 .. len - 1));
  @ assigns *size;
  @ ensures \result ==> *size <= max || *size == len; */
bool licence_record_size(const uint8_t *data, size_t len, size_t max, size_t *size);

/* Returns the length of the longest value of an object, in bytes, or 0 if there is no such tag. */
/*@ assigns \nothing;
  @ ensures \result <= 2000; */
size_t licence_value_max(unsigned tag);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the card's data objects with bounds checks: BER-TLV (tags of one and two bytes, any form of length) and simple
 * TLV. The comments that begin with @ are proved (make prove): what a caller must give, and what it may rely on. */
#ifndef MYNUMBER_RECORDS_H
#define MYNUMBER_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest header of an object on this card, in bytes: two bytes of tag, 83 and three bytes of length. */
#define BER_HEADER_MAX 6
#define BER_LENGTH_MAX 0xFFFFFF

struct tlv {
	unsigned tag;
	const uint8_t *start; /* start of the object, including its tag */
	size_t header;	      /* bytes of tag and length */
	const uint8_t *value;
	size_t len; /* bytes of the value */
};

/*@ predicate readable(uint8_t *data, integer len) = \valid_read(data + (0 .. len - 1));
  @ predicate is_result(integer result) = result == 0 || result == -1;
  @ predicate has_header(struct tlv *tlv, uint8_t *data, integer len) = tlv->start == data && tlv->value == data + tlv->header &&
  @	2 <= tlv->header <= \min(len, BER_HEADER_MAX) && tlv->len <= BER_LENGTH_MAX;
  @ predicate has_object(struct tlv *tlv, uint8_t *data, integer len) = has_header(tlv, data, len) && tlv->header + tlv->len <= len;
  @ predicate lies_in(struct tlv *tlv, uint8_t *data, integer len) = tlv->header >= 2 && tlv->value == tlv->start + tlv->header &&
  @	\subset(tlv->start + (0 .. tlv->header + tlv->len - 1), data + (0 .. len - 1));
  @ predicate value_lies_in(struct tlv *tlv, uint8_t *data, integer len) =
  @	\subset(tlv->value + (0 .. tlv->len - 1), data + (0 .. len - 1)); */

/* Reads the tag and the length at DATA; the value may extend beyond LEN. The card sometimes writes lengths that are
 * longer than necessary (82 00 9F). Returns 0, or -1 if the LEN bytes do not contain a complete header of a supported
 * form. */
/*@ requires readable(data, len) && \valid(tlv) && \separated(tlv, data + (0 .. len - 1));
  @ assigns *tlv;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> has_header(tlv, data, len); */
int ber_header(const uint8_t *data, size_t len, struct tlv *tlv);

/* Like ber_header(), but the whole object must lie within LEN. */
/*@ requires readable(data, len) && \valid(tlv) && \separated(tlv, data + (0 .. len - 1));
  @ assigns *tlv;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> has_object(tlv, data, len); */
int ber_read(const uint8_t *data, size_t len, struct tlv *tlv);

/* Finds the first object with tag TAG among the consecutive objects in DATA. Returns 0, or -1 if it is not found. */
/*@ requires readable(data, len) && \valid(tlv) && \separated(tlv, data + (0 .. len - 1));
  @ assigns *tlv;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> tlv->tag == tag && lies_in(tlv, data, len); */
int ber_find(const uint8_t *data, size_t len, unsigned tag, struct tlv *tlv);

/* Reads a simple TLV object (JICSAP records): one byte of tag, then one byte of length or FF and two bytes of length.
 * Returns 0, or -1 if the LEN bytes do not contain the whole object. */
/*@ requires readable(data, len) && \valid(tlv) && \separated(tlv, data + (0 .. len - 1));
  @ assigns *tlv;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> has_object(tlv, data, len); */
int simple_tlv_read(const uint8_t *data, size_t len, struct tlv *tlv);

/* Returns true if the value of TLV is the LEN bytes at VALUE. */
/*@ requires \valid_read(tlv) && readable(tlv->value, tlv->len) && readable(value, len);
  @ assigns \nothing;
  @ ensures \result <==> tlv->len == len && \forall integer i; 0 <= i < len ==> tlv->value[i] == value[i]; */
bool tlv_has_value(const struct tlv *tlv, const uint8_t *value, size_t len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the card's data objects with bounds checks: BER-TLV (tags of one and two bytes, any form of length) and simple
 * TLV. */
#ifndef MYNUMBER_RECORDS_H
#define MYNUMBER_RECORDS_H

#include <stddef.h>
#include <stdint.h>

/* The longest header of an object on this card, in bytes: two bytes of tag, 83 and three bytes of length. */
#define BER_HEADER_MAX 6

struct tlv {
	unsigned tag;
	const uint8_t *start; /* start of the object, including its tag */
	size_t header;	      /* bytes of tag and length */
	const uint8_t *value;
	size_t len; /* bytes of the value */
};

/* Reads the tag and the length at DATA; the value may extend beyond LEN. The card sometimes writes lengths that are
 * longer than necessary (82 00 9F). Returns 0, or -1 if the LEN bytes do not contain a complete header of a supported
 * form. */
int ber_header(const uint8_t *data, size_t len, struct tlv *tlv);

/* Like ber_header(), but the whole object must lie within LEN. */
int ber_read(const uint8_t *data, size_t len, struct tlv *tlv);

/* Finds the first object with tag TAG among the consecutive objects in DATA. Returns 0, or -1 if it is not found. */
int ber_find(const uint8_t *data, size_t len, unsigned tag, struct tlv *tlv);

/* Reads a simple TLV object (JICSAP records): one byte of tag, then one byte of length or FF and two bytes of length.
 * Returns 0, or -1 if the LEN bytes do not contain the whole object. */
int simple_tlv_read(const uint8_t *data, size_t len, struct tlv *tlv);

#endif

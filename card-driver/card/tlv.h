/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bounds-checked reading of the card's data objects: BER-TLV (one- and two-byte tags, any length form) and simple TLV. */
#ifndef MYNUMBER_RECORDS_H
#define MYNUMBER_RECORDS_H

#include <stddef.h>
#include <stdint.h>

/* The longest header of an object on this card: two bytes of tag, 83 and three bytes of length. */
#define BER_HEADER_MAX 6

struct tlv {
	unsigned tag;
	const uint8_t *start; /* of the object, its tag included */
	size_t header;	      /* bytes of tag and length */
	const uint8_t *value;
	size_t len; /* bytes of the value */
};

/* Reads tag and length at DATA; the value may lie beyond LEN. The card also writes lengths longer than need be
 * (82 00 9F). Returns 0, or -1 if the LEN bytes hold no whole header of a known form. */
int ber_header(const uint8_t *data, size_t len, struct tlv *tlv);

/* As ber_header, but the whole object must lie within LEN. */
int ber_read(const uint8_t *data, size_t len, struct tlv *tlv);

/* Finds TAG among the objects side by side in DATA. 0, or -1 if it is not there. */
int ber_find(const uint8_t *data, size_t len, unsigned tag, struct tlv *tlv);

/* Simple TLV (JICSAP records): one byte of tag, one byte of length, or FF and two. 0, or -1. */
int simple_tlv_read(const uint8_t *data, size_t len, struct tlv *tlv);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tlv.h"

#define TAG_CONTINUES	   0x1F /* low bits of a first tag byte that is followed by another tag byte (ISO 7816-4, 5.2.2) */
#define TAG_MORE	   0x80 /* bit of a further tag byte that is followed by yet another one */
#define BYTE_VALUES	   256	/* multiplied, not shifted: provers reason about products */
#define LENGTH_LONG	   0x80
#define LENGTH_BYTES_MAX   3
#define SIMPLE_LENGTH_LONG 0xFF

int
ber_header(const uint8_t *data, size_t len, struct tlv *tlv)
{
	size_t pos = 0, bytes = 0;

	if (len < 2)
		return -1;
	*tlv = (struct tlv){.tag = data[pos++], .start = data};
	if ((tlv->tag & TAG_CONTINUES) == TAG_CONTINUES) {
		if (data[pos] & TAG_MORE)
			return -1;
		tlv->tag = tlv->tag * BYTE_VALUES + data[pos++];
	}
	if (pos >= len)
		return -1;
	tlv->len = data[pos++];
	if (tlv->len & LENGTH_LONG) {
		bytes = tlv->len & ~(size_t)LENGTH_LONG;
		if (bytes == 0 || bytes > LENGTH_BYTES_MAX || bytes > len - pos)
			return -1;
		/*@ loop invariant bytes <= LENGTH_BYTES_MAX && 2 <= pos && pos + bytes <= \min(len, BER_HEADER_MAX);
		  @ loop invariant tlv->len <= BER_LENGTH_MAX && (bytes == 3 ==> tlv->len == 0);
		  @ loop invariant (bytes >= 1 ==> tlv->len <= 0xFFFF) && (bytes >= 2 ==> tlv->len <= 0xFF);
		  @ loop assigns pos, bytes, tlv->len;
		  @ loop variant bytes; */
		for (tlv->len = 0; bytes > 0; bytes--)
			tlv->len = tlv->len * BYTE_VALUES + data[pos++];
	}
	tlv->header = pos;
	tlv->value = data + pos;
	return 0;
}

int
ber_read(const uint8_t *data, size_t len, struct tlv *tlv)
{
	if (ber_header(data, len, tlv) < 0 || tlv->len > len - tlv->header)
		return -1;
	return 0;
}

int
ber_find(const uint8_t *data, size_t len, unsigned tag, struct tlv *tlv)
{
	size_t pos;

	/*@ loop invariant pos <= len;
	  @ loop assigns pos, *tlv;
	  @ loop variant len - pos; */
	for (pos = 0; pos < len; pos += tlv->header + tlv->len) {
		if (ber_read(data + pos, len - pos, tlv) < 0)
			return -1;
		if (tlv->tag == tag)
			return 0;
	}
	return -1;
}

int
simple_tlv_read(const uint8_t *data, size_t len, struct tlv *tlv)
{
	if (len < 2)
		return -1;
	*tlv = (struct tlv){.tag = data[0], .start = data, .header = 2, .len = data[1]};
	if (tlv->len == SIMPLE_LENGTH_LONG) {
		if (len < 4)
			return -1;
		tlv->header = 4;
		tlv->len = (size_t)data[2] * BYTE_VALUES + data[3];
	}
	tlv->value = data + tlv->header;
	return tlv->len > len - tlv->header ? -1 : 0;
}

bool
tlv_has_value(const struct tlv *tlv, const uint8_t *value, size_t len)
{
	size_t i;

	if (tlv->len != len)
		return false;
	/*@ loop invariant i <= len && \forall integer k; 0 <= k < i ==> tlv->value[k] == value[k];
	  @ loop assigns i;
	  @ loop variant len - i; */
	for (i = 0; i < len; i++)
		if (tlv->value[i] != value[i])
			return false;
	return true;
}

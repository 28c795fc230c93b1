/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "historical-bytes.h"

#define CATEGORY_COMPACT_TLV 0x80
#define TAG_CAPABILITIES     0x7
#define NIBBLE_VALUES	     16 /* divided, not shifted: provers reason about quotients */
#define CAPABILITY_EXTENDED  0x40

/* According to ISO 7816-4, 8.1.1.2, historical bytes of category 80 are objects in compact TLV, whose first byte is tag and
 * length. The third byte of the card capabilities (7x) states whether the card supports extended length. Many cards,
 * including all contactless ones, do not state it: then extended length is tried. */
bool
historical_bytes_deny_extended_length(const uint8_t *bytes, size_t len)
{
	size_t i, object;

	if (bytes == NULL || len == 0 || bytes[0] != CATEGORY_COMPACT_TLV)
		return false;
	/*@ loop invariant 1 <= i <= len + NIBBLE_VALUES;
	  @ loop assigns i, object;
	  @ loop variant len + NIBBLE_VALUES - i; */
	for (i = 1; i < len; i += 1 + object) {
		object = bytes[i] % NIBBLE_VALUES;
		if (bytes[i] / NIBBLE_VALUES == TAG_CAPABILITIES && object >= 3 && i + 3 < len)
			return !(bytes[i + 3] & CAPABILITY_EXTENDED);
	}
	return false;
}

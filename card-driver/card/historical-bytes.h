/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the historical bytes of an ATR (ISO 7816-4, 8.1.1). The comments that begin with @ are proved (make prove). */
#ifndef MYNUMBER_HISTORICAL_BYTES_H
#define MYNUMBER_HISTORICAL_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns true if the card capabilities in the historical bytes say that the card does not support extended length.
 * BYTES may be NULL. LEN is at most 15 in an ATR. */
/*@ requires bytes == \null || (len <= 0xFFFF && \valid_read(bytes + (0 .. len - 1)));
  @ assigns \nothing;
  @ ensures \result ==> bytes != \null && \exists integer i; 4 <= i < len && !(bytes[i] & 0x40); */
bool historical_bytes_deny_extended_length(const uint8_t *bytes, size_t len);

#endif

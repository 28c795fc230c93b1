/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "apdu.h"

#include <string.h>

#define HEADER		4
#define EXTENDED_LE_MAX 65536

static size_t
be16(const uint8_t *bytes)
{
	return (size_t)bytes[0] << 8 | bytes[1];
}

static bool
parse_short(struct vc_apdu *apdu, const uint8_t *body, size_t len)
{
	if (len == 1) {
		apdu->le = body[0] == 0 ? VC_SHORT_LE_MAX : body[0];
		return true;
	}
	apdu->lc = body[0];
	apdu->data = body + 1;
	if (len == 2 + apdu->lc)
		apdu->le = body[len - 1] == 0 ? VC_SHORT_LE_MAX : body[len - 1];
	return apdu->lc > 0 && (len == 1 + apdu->lc || len == 2 + apdu->lc);
}

/* BODY starts with the byte 00 that marks extended length. */
static bool
parse_extended(struct vc_apdu *apdu, const uint8_t *body, size_t len)
{
	size_t first = be16(body + 1), last = be16(body + len - 2);

	apdu->extended = true;
	if (len == 3) {
		apdu->le = first == 0 ? EXTENDED_LE_MAX : first;
		return true;
	}
	apdu->lc = first;
	apdu->data = body + 3;
	if (len == 5 + apdu->lc)
		apdu->le = last == 0 ? EXTENDED_LE_MAX : last;
	return apdu->lc > 0 && (len == 3 + apdu->lc || len == 5 + apdu->lc);
}

bool
vc_apdu_parse(struct vc_apdu *apdu, const uint8_t *bytes, size_t len)
{
	memset(apdu, 0, sizeof(*apdu));
	if (len < HEADER)
		return false;
	apdu->cla = bytes[0];
	apdu->ins = bytes[1];
	apdu->p1 = bytes[2];
	apdu->p2 = bytes[3];
	if (len == HEADER)
		return true;
	if (len >= HEADER + 3 && bytes[HEADER] == 0)
		return parse_extended(apdu, bytes + HEADER, len - HEADER);
	return parse_short(apdu, bytes + HEADER, len - HEADER);
}

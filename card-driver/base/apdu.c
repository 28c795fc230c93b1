/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "apdu.h"

#include <stdbool.h>

static int
apdu_case(size_t len, size_t le)
{
	bool extended = len > SHORT_DATA_MAX || le > SHORT_ANSWER_MAX;

	if (len == 0 && le == 0)
		return SC_APDU_CASE_1;
	if (len == 0)
		return extended ? SC_APDU_CASE_2_EXT : SC_APDU_CASE_2_SHORT;
	if (le == 0)
		return extended ? SC_APDU_CASE_3_EXT : SC_APDU_CASE_3_SHORT;
	return extended ? SC_APDU_CASE_4_EXT : SC_APDU_CASE_4_SHORT;
}

void
apdu_build(sc_card_t *card, sc_apdu_t *apdu, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const uint8_t *data, size_t len, uint8_t *out, size_t le)
{
	sc_format_apdu(card, apdu, apdu_case(len, le), (int)ins, (int)p1, (int)p2);
	apdu->cla = (unsigned char)cla;
	apdu->data = data;
	apdu->datalen = len;
	apdu->lc = len;
	apdu->resp = out;
	apdu->resplen = le;
	apdu->le = le;
}

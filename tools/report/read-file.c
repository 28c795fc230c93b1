/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a whole file by short commands, also on cards and readers that refuse a READ BINARY across its end, or one in its middle. */
#include <string.h>

#include "probes.h"

/* Reads up to LE bytes. The count; 0 where there are none, or where the card or reader refuses. */
static size_t
read_chunk(struct report *report, size_t offset, size_t le)
{
	const struct answer *answer = &report->link.answer;
	unsigned sw = link_read(&report->link, offset, le);

	if (sw >> 8 == SW1_WRONG_LE)
		sw = link_read(&report->link, offset, (sw & 0xFF) == 0 ? SHORT_ANSWER_MAX : sw & 0xFF);
	return sw == SW_OK || sw == SW_END_REACHED ? answer->len : 0;
}

/* The same READ once more after a SELECT: a reader may have failed in the middle of the file (docs/card.md 5.16). */
static size_t
read_again(struct report *report, size_t offset, size_t le)
{
	unsigned sw = report->link.answer.sw;
	size_t got;

	if (sw == SW_NO_ANSWER || sw == SW_NOT_VERIFIED || sw == SW_STRUCTURE || link_select_ef(&report->link, report->link.ef) != SW_OK)
		return 0;
	got = read_chunk(report, offset, le);
	report->reads_recovered += got > 0;
	return got;
}

bool
probe_read_all(struct report *report)
{
	static uint8_t whole[ANSWER_MAX];
	struct answer *answer = &report->link.answer;
	size_t have = 0, le = SHORT_ANSWER_MAX, last = SHORT_ANSWER_MAX, got;
	unsigned first_sw = SW_OK;

	while (le > 0 && have + SHORT_ANSWER_MAX <= ANSWER_MAX) {
		got = read_chunk(report, have, le);
		if (have == 0 && got == 0)
			first_sw = answer->sw;
		if (got == 0 && answer->sw == SW_BEYOND_END && last < le)
			break; /* the end, as the READ before was short */
		if (got == 0 && le == SHORT_ANSWER_MAX)
			got = read_again(report, have, le);
		if (got == 0)
			le = answer->sw == SW_NO_ANSWER || have == 0 ? 0 : le / 2; /* the rest is shorter than Le */
		memcpy(whole + have, answer->data, got);
		have += got;
		last = got;
	}
	memcpy(answer->data, whole, have);
	answer->len = have;
	sc_mem_clear(whole, sizeof(whole));
	if (have == 0)
		answer->sw = first_sw;
	return have > 0 ? answer->sw != SW_NO_ANSWER : first_sw == SW_OK;
}

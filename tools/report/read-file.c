/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a whole file with short commands, even if the card or the reader refuses a READ BINARY across the end or within the file. */
#include <string.h>

#include "probes.h"

/* Reads up to LE bytes. Returns their number, or 0 if the card or the reader refuses. */
static size_t
read_chunk(struct report *report, size_t offset, size_t le)
{
	const struct answer *answer = &report->link.answer;
	unsigned sw = link_read(&report->link, offset, le);

	if (sw >> 8 == SW1_WRONG_LE)
		sw = link_read(&report->link, offset, (sw & 0xFF) == 0 ? SHORT_ANSWER_MAX : sw & 0xFF);
	return sw == SW_OK || sw == SW_END_REACHED ? answer->len : 0;
}

/* True if a second try is useless: the file cannot be read, or the card is gone. */
static bool
answer_is_final(unsigned sw)
{
	return sw == SW_NO_ANSWER || sw == SW_NOT_VERIFIED || sw == SW_STRUCTURE;
}

/* Repeats a failed READ once after a SELECT of the file, because a reader may fail within a file (docs/card.md 5.16). Returns the number of
 * bytes. */
static size_t
reread_chunk(struct report *report, size_t offset, size_t le)
{
	size_t got;

	if (answer_is_final(report->link.answer.sw) || link_select_ef(&report->link, report->link.ef) != SW_OK)
		return 0;
	got = read_chunk(report, offset, le);
	report->reads_recovered += got > 0;
	return got;
}

/* Returns a shorter Le after a failed READ, because the card may refuse a READ across the end. 0 ends the loop. */
static size_t
next_le(const struct answer *answer, size_t le)
{
	return answer_is_final(answer->sw) ? 0 : le / 2;
}

bool
probe_read_all(struct report *report)
{
	static uint8_t whole[ANSWER_MAX];
	struct answer *answer = &report->link.answer;
	size_t have = 0, le = SHORT_ANSWER_MAX, got;
	unsigned first_sw = SW_OK;
	bool was_short = false;

	while (le > 0 && have + SHORT_ANSWER_MAX <= ANSWER_MAX) {
		got = read_chunk(report, have, le);
		if (have == 0 && got == 0 && le == SHORT_ANSWER_MAX)
			first_sw = answer->sw;
		if (got == 0 && answer->sw == SW_BEYOND_END && was_short)
			break; /* the end of the file, because the last READ gave less than Le */
		if (got == 0 && le == SHORT_ANSWER_MAX && have > 0)
			got = reread_chunk(report, have, le);
		was_short = got > 0 && got < le;
		memcpy(whole + have, answer->data, got);
		have += got;
		if (got == 0)
			le = next_le(answer, le);
	}
	memcpy(answer->data, whole, have);
	answer->len = have;
	sc_mem_clear(whole, sizeof(whole));
	if (have == 0)
		answer->sw = first_sw;
	return have > 0 ? answer->sw != SW_NO_ANSWER : first_sw == SW_OK;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reports on READ BINARY in special cases: without a selected file, by short EF identifier, across the end, with extended length. */
#include <string.h>

#include "probes.h"
#include "facts.h"

#define INS_READ_BINARY	    0xB0
#define BY_SFI		    0x80
#define EF_CA_CERTIFICATE   0x000B
#define EF_SIGN_CA	    0x0002
#define EF_AUTH_CERTIFICATE 0x000A
#define EF_AVAILABILITY	    0x0008

#define EDGE 10 /* a READ across the end begins this many bytes before it */

/* Reads the start of the file ID by its short EF identifier. Returns the status word. */
static unsigned
read_by_sfi(struct link *link, unsigned id, size_t le)
{
	return link_send(link, 0x00, INS_READ_BINARY, BY_SFI | id, 0, NULL, 0, le);
}

/* True if a READ succeeds and gives EXPECTED bytes (0: any number). Tries a second time after a SELECT of the file, because a fault of the
 * reader must not be taken for one of the card (docs/card.md 5.16). */
static bool
read_gives(struct report *report, size_t offset, size_t le, size_t expected)
{
	struct link *link = &report->link;

	if (link_read(link, offset, le) == SW_OK && link->answer.len > 0 && (expected == 0 || link->answer.len == expected))
		return true;
	if (link_select_ef(link, link->ef) != SW_OK || link_read(link, offset, le) != SW_OK || link->answer.len == 0 || (expected != 0 && link->answer.len != expected))
		return false;
	report->reads_recovered++;
	return true;
}

/* True if a READ by short EF identifier selects the file: a READ by offset after it must give the EXPECTED bytes. BEFORE is the EF that is
 * selected first (0: none). */
static bool
sfi_read_selects_file(struct report *report, unsigned before, const uint8_t expected[SHORT_ANSWER_MAX])
{
	struct link *link = &report->link;

	probe_select(report, REPORT_JPKI);
	if (before != 0)
		link_select_ef(link, before);
	read_by_sfi(link, EF_CA_CERTIFICATE, SHORT_ANSWER_MAX);
	return link_read(link, SHORT_ANSWER_MAX, SHORT_ANSWER_MAX) == SW_OK && link->answer.len > 0 && memcmp(expected, link->answer.data, link->answer.len) == 0;
}

static void
probe_selection_by_sfi(struct report *report, unsigned before)
{
	struct link *link = &report->link;
	uint8_t expected[SHORT_ANSWER_MAX];
	bool fits = false;
	unsigned tries;

	probe_select(report, REPORT_JPKI);
	if (read_by_sfi(link, EF_CA_CERTIFICATE, SHORT_ANSWER_MAX) != SW_OK)
		return report_fact(NOT_TRIED, "5.13", "READ BINARY by short EF identifier: %04X", link->answer.sw);
	if (link_select_ef(link, EF_CA_CERTIFICATE) != SW_OK || !read_gives(report, SHORT_ANSWER_MAX, SHORT_ANSWER_MAX, 0))
		return report_fact(NOT_TRIED, "5.13", "no file to try it with: %04X", link->answer.sw);
	memcpy(expected, link->answer.data, sizeof(expected));
	/* the first try may fail because of the reader */
	for (tries = 0; tries < 2 && !fits; tries++)
		fits = sfi_read_selects_file(report, before, expected);
	report_fact(result_of_check(fits), "5.13", "with %s selected, READ by short EF identifier, then by offset: %04X, %zu bytes", before == 0 ? "no file" : "another file",
			link->answer.sw, link->answer.len);
}

/* Reports on a READ across the end and on one at the end of the file ID of APP. Returns the size of the file, or 0 if it cannot be read. */
static size_t
probe_file_end(struct report *report, enum report_app app, unsigned id)
{
	struct link *link = &report->link;
	const char *fact = app == REPORT_JPKI ? "5.14" : "5.3";
	unsigned sw;
	size_t size;
	bool fits;

	if (!report->present[app] || probe_select(report, app) != SW_OK || link_select_ef(link, id) != SW_OK || !probe_read_all(report) || link->answer.len < 2 * EDGE)
		return 0;
	size = link->answer.len;
	fits = read_gives(report, size - EDGE, SHORT_ANSWER_MAX, EDGE);
	report_fact(result_of_check(fits), fact, "EF %04X of %zu bytes, READ across the end: %04X, %zu of %u bytes", id, size, link->answer.sw, link->answer.len, EDGE);
	link_select_ef(link, id);
	sw = link_read(link, size, SHORT_ANSWER_MAX);
	if (sw != SW_BEYOND_END && link_select_ef(link, id) == SW_OK)
		sw = link_read(link, size, SHORT_ANSWER_MAX);
	report_fact(result_of_check(sw == SW_BEYOND_END), "5.4", "EF %04X, READ at the end: %04X", id, sw);
	return size;
}

/* Reports on extended READs of the file ID of JPKI: of the exact rest after 256 bytes, and with an Le beyond the end. */
static void
probe_extended_reads(struct report *report, unsigned id, size_t size)
{
	static const struct {
		const char *fact, *name;
		size_t offset, le; /* 0: the exact rest */
	} reads[] = {
			{"5.6", "of the exact rest", SHORT_ANSWER_MAX, 0},
			{"5.6", "with Le 0000", 0, 0x10000},
			{"5.15", "with Le 7FFF", 0, 0x7FFF},
	};
	struct link *link = &report->link;
	size_t i, rest;
	bool fits;

	for (i = 0; i < COUNT(reads); i++) {
		if (size <= reads[i].offset + SHORT_ANSWER_MAX) {
			report_fact(NOT_TRIED, reads[i].fact, "EF %04X is too short for extended length", id);
			continue;
		}
		rest = size - reads[i].offset;
		probe_select(report, REPORT_JPKI);
		link_select_ef(link, id);
		fits = read_gives(report, reads[i].offset, reads[i].le == 0 ? rest : reads[i].le, rest);
		report_fact(result_of_check(fits), reads[i].fact, "EF %04X of %zu bytes, extended READ %s: %04X, %zu of %zu bytes", id, size, reads[i].name,
				link->answer.sw, link->answer.len, rest);
	}
}

static void
probe_file_ends(struct report *report)
{
	static const unsigned jpki[] = {EF_AUTH_CERTIFICATE, EF_SIGN_CA};
	size_t i, size;

	if (!link_extended(&report->link)) {
		report_fact(NOT_TRIED, "5.6", "the reader does not say that it carries extended length");
		report_fact(NOT_TRIED, "5.15", "the reader does not say that it carries extended length");
	}
	for (i = 0; i < COUNT(jpki); i++) {
		size = probe_file_end(report, REPORT_JPKI, jpki[i]);
		if (size > 0 && link_extended(&report->link))
			probe_extended_reads(report, jpki[i], size);
	}
	probe_file_end(report, REPORT_TEXT, 0x0005);
	probe_file_end(report, REPORT_SURFACE, 0x0003);
}

void
probe_read_edges(struct report *report)
{
	struct link *link = &report->link;
	unsigned sw;

	if (!report->present[REPORT_JPKI])
		return;
	probe_select(report, REPORT_JPKI);
	sw = link_read(link, 0, SHORT_ANSWER_MAX);
	report_fact(result_of_check(sw == SW_NO_CURRENT_EF), "5.5", "READ BINARY with no file selected answers %04X", sw);
	link_select_ef(link, EF_CA_CERTIFICATE);
	sw = link_read(link, 0, SHORT_ANSWER_MAX);
	report_fact(result_of_check(sw == SW_OK && link->answer.len == SHORT_ANSWER_MAX), "5.12", "READ BINARY of 256 bytes: %04X, %zu bytes", sw, link->answer.len);
	sw = read_by_sfi(link, EF_SIGN_CA, 2 * EDGE);
	report_fact(result_of_check(sw == SW_OK && link->answer.len == 2 * EDGE), "5.2", "READ BINARY by short EF identifier: %04X, %zu bytes", sw, link->answer.len);
	probe_selection_by_sfi(report, 0);
	probe_selection_by_sfi(report, EF_AVAILABILITY);
	probe_file_ends(report);
}

void
probe_reader_faults(struct report *report)
{
	report_fact(report->reads_recovered > 0 ? CONFIRMED : ABSENT, "5.16", "READs in the middle of a file that failed, and worked after SELECT: %u", report->reads_recovered);
	report_fact(result_of_check(report->link.more_data == 0), "5.19", "answers 61xx and 6Cxx: %u", report->link.more_data);
}

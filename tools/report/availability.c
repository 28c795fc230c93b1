/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares what EF 0008 says about the certificates with what the card answers for them. */
#include "pins.h"
#include "probes.h"
#include "facts.h"

#define EF_AVAILABILITY	 0x0008
#define AVAILABILITY_LEN 3
#define PRESENT		 0x8F
#define MISSING		 0x00

/* The key pairs of JPKI: their byte in EF 0008, and the files of certificate, key and PIN. */
static const struct {
	const char *name;
	size_t byte;
	unsigned certificate, key, pin;
} pairs[] = {
		{"signature", 0, 0x0001, 0x001A, 0x001B},
		{"authentication", 1, 0x000A, 0x0017, 0x0018},
};

static const char *
presence_word(uint8_t byte)
{
	return byte == PRESENT ? "yes" : byte == MISSING ? "no"
							 : "unclear";
}

/* Reports the answers to SELECT and READ of the certificate, SELECT of the key, and the query of the PIN. True if the file of the certificate
 * exists. */
static bool
report_missing_pair(struct report *report, size_t i)
{
	struct link *link = &report->link;
	unsigned select_certificate, read, select_key, query;

	probe_select(report, REPORT_JPKI); /* otherwise READ BINARY could read the current file */
	select_certificate = link_select_ef(link, pairs[i].certificate);
	read = link_read(link, 0, 1);
	select_key = link_select_ef(link, pairs[i].key);
	query = link_select_ef(link, pairs[i].pin) == SW_OK ? pin_query(link) : link->answer.sw;
	report_fact(MEASURED, "8.5", "%s: SELECT %04X %04X, READ %04X, SELECT %04X %04X, query of %04X %04X", pairs[i].name, pairs[i].certificate,
			select_certificate, read, pairs[i].key, select_key, pairs[i].pin, query);
	return select_certificate == SW_OK && (read == SW_OK || read == SW_NOT_VERIFIED);
}

void
probe_availability(struct report *report)
{
	struct link *link = &report->link;
	uint8_t bytes[AVAILABILITY_LEN];
	size_t i;

	if (!report->present[REPORT_JPKI] || probe_select(report, REPORT_JPKI) != SW_OK)
		return;
	if (link_select_ef(link, EF_AVAILABILITY) != SW_OK || link_read(link, 0, AVAILABILITY_LEN) != SW_OK || link->answer.len != AVAILABILITY_LEN)
		return report_fact(NOT_TRIED, "3.4", "EF 0008: %04X, %zu bytes", link->answer.sw, link->answer.len);
	for (i = 0; i < AVAILABILITY_LEN; i++)
		bytes[i] = link->answer.data[i];
	report_fact(MEASURED, "3.4", "EF 0008: %02X %02X %02X", bytes[0], bytes[1], bytes[2]);
	for (i = 0; i < COUNT(pairs); i++) {
		uint8_t byte = bytes[pairs[i].byte];

		report_fact(result_of_check(byte == PRESENT || byte == MISSING), "3.4", "%s certificate: %s", pairs[i].name, presence_word(byte));
		if (byte != PRESENT && report_missing_pair(report, i) && byte == MISSING)
			report_fact(CONTRADICTED, "3.4", "%s certificate: missing by EF 0008, but its file is there", pairs[i].name);
	}
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probes.h"

#include <stdio.h>
#include <string.h>

#include "facts.h"

/* The labels of smartphones; they are the last ones in the table of labels. */
#define PHONE_LABELS "JPKIAPGPSETOKEN", "JPKIAPIOSTOKEN"
#define LABEL_LEN    32

#define EF_AUTH_CERTIFICATE 0x000A
#define FCI_TEMPLATE	    0x6F

static const struct {
	const char *fact;
	const char *name;
	uint8_t aid[16];
	size_t aid_len;
} apps[REPORT_APPS] = {
		[REPORT_JPKI] = {"2.1", "JPKI", {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, 10},
		[REPORT_TEXT] = {"2.2", "Input Support", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 10},
		[REPORT_SURFACE] = {"2.3", "Card Surface", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02}, 10},
		[REPORT_JUKI] = {"2.4", "Resident Registry", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01}, 10},
		[REPORT_LICENCE] = {"11.1", "Licence", {0xA0, 0x00, 0x00, 0x02, 0x31, 0x06}, 16},
		[REPORT_RESIDENCE] = {"12.1", "Residence", {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x01}, 16},
		[REPORT_COMMON] = {"2.5", "Common", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, 10},
};

unsigned
probe_select(struct report *report, enum report_app app)
{
	return link_select(&report->link, apps[app].aid, apps[app].aid_len);
}

const char *
probe_app_name(enum report_app app)
{
	return apps[app].name;
}

void
probe_platform(struct report *report)
{
	static const uint8_t card_manager[] = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};
	static const struct {
		unsigned tag;
		const char *name;
	} objects[] = {{0x0045, "card identification"}, {0x00F0, "municipality"}, {0x00F2, "expiry"}, {0x7F21, "CV certificate"}, {0x5F51, "ATR"}};
	struct link *link = &report->link;
	unsigned sw;
	size_t i;

	if (!link_reset(link, true)) {
		report_fact(NOT_TRIED, "1.5", "the reader does not take the card's power");
	} else {
		sw = link_send(link, 0x00, 0xA4, 0x00, 0x00, NULL, 0, 0);
		report_fact(sw == SW_SELF_DIAGNOSIS ? CONFIRMED : ABSENT, "1.5", "the first command after power-up answers %04X", sw);
		if (sw == SW_SELF_DIAGNOSIS)
			sw = link_send(link, 0x00, 0xA4, 0x00, 0x00, NULL, 0, 0);
		report_fact(result_of_check(sw == SW_WRONG_P1P2), "1.6", "SELECT of the MF after reset answers %04X", sw);
	}
	sw = link_select(link, card_manager, sizeof(card_manager));
	report_fact(sw == SW_NOT_FOUND ? ABSENT : result_of_check(sw == SW_OK), "1.2", "SELECT of the card manager answers %04X", sw);
	for (i = 0; sw == SW_OK && i < COUNT(objects); i++) {
		unsigned got = link_send(link, 0x00, 0xCA, objects[i].tag >> 8, objects[i].tag & 0xFF, NULL, 0, SHORT_ANSWER_MAX);

		report_fact(got == SW_OK || got == SW_WRONG_LENGTH ? CONFIRMED : ABSENT, "1.7", "GET DATA %04X, %s: %04X, %zu bytes", objects[i].tag, objects[i].name, got, link->answer.len);
	}
}

void
probe_atr(struct report *report)
{
	static const struct {
		const char *fact;
		size_t len;
		uint8_t start[8];
	} atrs[] = {
			{"9.1", 8, {0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45}},
			{"9.2", 8, {0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46}},
			{"9.3", 8, {0x3B, 0xC5, 0xFF, 0x81, 0x31, 0xFB, 0x45, 0x80}},
			{"9.4", 8, {0x3B, 0xF5, 0x91, 0x00, 0xFF, 0x91, 0x81, 0x71}},
			{"9.5", 4, {0x3B, 0x88, 0x80, 0x01}},
	};
	const struct sc_atr *atr = &report->link.card->atr;
	size_t i;

	for (i = 0; i < COUNT(atrs); i++)
		if (atr->len > atrs[i].len && memcmp(atr->value, atrs[i].start, atrs[i].len) == 0)
			return report_fact(CONFIRMED, atrs[i].fact, "this ATR is listed");
	report_fact(NOT_TRIED, "9.6", "this ATR is not listed; does it change each time?");
}

/* True if a file of JPKI cannot be read without a PIN. On a smartphone this holds for the authentication certificate (docs/card.md 2.8). */
static bool
file_needs_pin(struct report *report, unsigned id)
{
	return link_select_ef(&report->link, id) == SW_OK && link_read(&report->link, 0, 1) == SW_NOT_VERIFIED;
}

/* Reports the label, which depends only on the kind of card and is not personal. */
static void
probe_label(struct report *report)
{
	static const char *const labels[] = {"JPKIAPICCTOKEN2", "JPKIAPICCTOKEN", PHONE_LABELS};
	static const char start[] = "JPKIAP";
	struct answer *answer = &report->link.answer;
	const char *found = NULL;
	bool jpki;
	size_t i;

	if (link_select_ef(&report->link, 0x0006) != SW_OK || link_read(&report->link, 0, LABEL_LEN) != SW_OK)
		return report_fact(answer->sw == SW_NOT_FOUND ? ABSENT : CONTRADICTED, "2.9", "token information: %04X", answer->sw);
	jpki = memcmp(answer->data, start, sizeof(start) - 1) == 0;
	for (i = 0; i < COUNT(labels) && found == NULL; i++)
		if (memcmp(answer->data, labels[i], strlen(labels[i])) == 0)
			found = labels[i];
	report->phone = found != NULL ? i > 2 : jpki && file_needs_pin(report, EF_AUTH_CERTIFICATE);
	report_fact(result_of_check(found != NULL), "2.9", "label %s%s", found != NULL ? found : jpki ? "JPKIAP..., unknown"
												      : "unknown",
			report->phone ? ", a phone" : "");
}

/* Reports the answer to SELECT with P2 = 00, and that there is none with P2 = 0C. Prints only its length. */
static void
probe_select_answer(struct report *report)
{
	struct link *link = &report->link;
	unsigned sw;

	probe_select(report, REPORT_JPKI);
	report_fact(result_of_check(link->answer.len == 0), "5.1", "SELECT with P2 = 0C gives %zu bytes", link->answer.len);
	sw = link_send(link, 0x00, 0xA4, 0x04, 0x00, apps[REPORT_JPKI].aid, apps[REPORT_JPKI].aid_len, SHORT_ANSWER_MAX);
	report_fact(MEASURED, "5.18", "SELECT with P2 = 00: %04X, %zu bytes%s", sw, link->answer.len,
			link->answer.len > 0 && link->answer.data[0] == FCI_TEMPLATE ? ", an FCI (6F)" : "");
	probe_select(report, REPORT_JPKI);
}

void
probe_applications(struct report *report)
{
	size_t i;
	unsigned sw;

	for (i = 0; i < REPORT_APPS; i++) {
		sw = probe_select(report, (enum report_app)i);
		report->present[i] = sw == SW_OK;
		report_fact(sw == SW_NOT_FOUND ? ABSENT : result_of_check(sw == SW_OK), apps[i].fact, "%s: SELECT answers %04X", apps[i].name, sw);
	}
	if (!report->present[REPORT_JPKI] || probe_select(report, REPORT_JPKI) != SW_OK)
		return;
	probe_label(report);
	probe_select_answer(report);
	sw = link_select_ef(&report->link, 0x001F);
	report_fact(result_of_check(sw == SW_NOT_FOUND), "2.7", "SELECT of a file that is not there answers %04X", sw);
}

static void
probe_card_number_record(struct report *report)
{
	struct link *link = &report->link;
	const uint8_t *record = link->answer.data;
	bool form;
	unsigned sw;

	if (!report->present[REPORT_COMMON])
		return report_fact(ABSENT, "3.21", "no common application");
	probe_select(report, REPORT_COMMON);
	sw = link_send(link, 0x00, 0xB2, 1, 0x01 << 3 | 4, NULL, 0, SHORT_ANSWER_MAX);
	form = sw == SW_OK && link->answer.len == 30 && record[0] == 0x01 && record[1] == 0x1C;
	report_fact(result_of_check(form), "3.21", "card number record: %04X, %zu bytes, %s", sw, link->answer.len, form ? "01 1C" : "another form");
	sw = link_send(link, 0x00, 0xB2, 2, 0x01 << 3 | 4, NULL, 0, SHORT_ANSWER_MAX);
	report_fact(result_of_check(sw == SW_NO_RECORD), "5.7", "READ RECORD of one that is not there answers %04X", sw);
}

void
probe_commands(struct report *report)
{
	static const struct {
		enum report_app app;
		const char *name;
	} card_keys[] = {{REPORT_TEXT, "Input Support"}, {REPORT_SURFACE, "Card Surface"}};
	static const uint8_t message[32] = "opensc-mynumber-report";
	struct link *link = &report->link;
	uint8_t challenge[8];
	unsigned sw;
	size_t i;

	if (report->present[REPORT_JPKI]) {
		sw = link_send(link, 0x00, 0x84, 0, 0, NULL, 0, sizeof(challenge));
		memcpy(challenge, link->answer.data, sizeof(challenge));
		link_send(link, 0x00, 0x84, 0, 0, NULL, 0, sizeof(challenge));
		report_fact(result_of_check(sw == SW_OK && link->answer.len == 8 && memcmp(challenge, link->answer.data, 8) != 0), "5.8", "GET CHALLENGE: %04X, %zu bytes", sw, link->answer.len);
		sw = link_send(link, 0x01, 0x84, 0, 0, NULL, 0, sizeof(challenge));
		report_fact(result_of_check(sw == SW_NO_CHANNEL), "5.9", "logical channel 1 answers %04X", sw);
	}
	probe_card_number_record(report);
	for (i = 0; i < COUNT(card_keys); i++) {
		if (!report->present[card_keys[i].app])
			continue;
		probe_select(report, card_keys[i].app);
		sw = link_send(link, 0x80, 0x2A, 0x00, 0x00, message, sizeof(message), SHORT_ANSWER_MAX);
		report_fact(result_of_check(sw == SW_OK && link->answer.len == 256), "6.8", "%s: the card's own key signs without a PIN: %04X, %zu bytes", card_keys[i].name, sw, link->answer.len);
	}
}

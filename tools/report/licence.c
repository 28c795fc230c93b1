/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settles the open questions of the licence and residence applications: status words, lengths and forms. Prints no content. */
#include <string.h>

#include "card-driver/card/licence-record.h"
#include "facts.h"
#include "pins.h"
#include "probes.h"

#define EF_PIN	     0x0006
#define EF_SETTING   0x001A
#define EF_RECORD    0x001B
#define EF_SIGNATURE 0x001C

/* References of VERIFY: the PIN, the PIN of the current EF, and the second PIN of the old licence card. */
#define P2_PIN	      0x86
#define P2_CURRENT_EF 0x80
#define P2_OLD_CARD   0x82

#define TRIES	      10
#define SETTING_LEN   3
#define LENGTH_LONG   0x81
#define LENGTH_LONGER 0x82

static const struct {
	unsigned first, last;
	const char *name;
} dates[] = {{0xC2, 0xC2, "history"}, {0xC5, 0xC5, "expiry"}, {0xE9, 0xEB, "acquisition"}};

static void
probe_pin_setting(struct report *report)
{
	struct link *link = &report->link;
	const uint8_t *data = link->answer.data;
	unsigned sw = link_select_ef(link, EF_SETTING) == SW_OK ? link_read(link, 0, SETTING_LEN) : link->answer.sw;
	bool form = sw == SW_OK && link->answer.len == SETTING_LEN && data[0] == 0xC1 && data[1] == 0x01 && data[2] <= 0x01;

	report_fact(result_of_check(form), "11.4", "EF 001A: %04X, %zu bytes, the PIN is %s", sw, link->answer.len, !form ? "?" : data[2] ? "set"
																	  : "not set");
}

/* The queries send no PIN and use no try. */
static void
probe_references(struct report *report)
{
	struct link *link = &report->link;
	unsigned sw = pin_query_by(link, P2_PIN);

	report_fact(result_of_check((sw & 0xFFF0) == 0x63C0 && (sw & 0xF) <= TRIES), "11.3", "query by 86, before SELECT of EF 0006: %04X", sw);
	sw = pin_query_by(link, P2_OLD_CARD);
	report_fact(result_of_check(sw == SW_NOT_FOUND), "11.7", "query by 82: %04X", sw);
	sw = link_select_ef(link, EF_PIN);
	if (sw != SW_OK)
		return report_fact(CONTRADICTED, "11.3", "SELECT of EF 0006 answers %04X", sw);
	sw = pin_query_by(link, P2_PIN);
	report_fact(result_of_check((sw & 0xFFF0) == 0x63C0), "11.6", "query by 86, after SELECT of EF 0006: %04X", sw);
	report_fact(MEASURED, "11.8", "query by 80, after SELECT of EF 0006: %04X", pin_query_by(link, P2_CURRENT_EF));
}

/* What the list of objects in a file looks like. */
struct list {
	unsigned objects, last_tag;
	unsigned after_81, after_82; /* lengths in long form */
	size_t end;		     /* offset at which the list ends */
};

static struct list
describe_list(const uint8_t *data, size_t len)
{
	struct licence_object object = {0};
	struct list list = {0};
	size_t header;

	while (licence_object_header(data, len, list.end, &object) == LICENCE_FOUND && object.end <= len) {
		header = object.value - list.end - (object.tag > 0xFF ? 2 : 1);
		list.after_81 += header == 2 && data[object.value - 2] == LENGTH_LONG;
		list.after_82 += header == 3 && data[object.value - 3] == LENGTH_LONGER;
		list.objects++;
		list.last_tag = object.tag;
		list.end = object.end;
	}
	return list;
}

static const char *
padding_word(const uint8_t *data, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (data[i] != data[0])
			return "mixed";
	return len == 0 ? "nothing" : data[0] == 0x00 ? "00"
		      : data[0] == 0xFF		      ? "FF"
						      : "another byte";
}

static void
report_photo(const uint8_t *data, size_t len)
{
	static const uint8_t jp2[] = {0, 0, 0, 0x0C, 'j', 'P'}, codestream[] = {0xFF, 0x4F, 0xFF, 0x51};
	struct licence_object photo;
	const char *form = "unknown";

	if (licence_object_find(data, len, LICENCE_TAG_PHOTO, &photo) != LICENCE_FOUND)
		return report_fact(CONTRADICTED, "11.19", "no photo was found");
	if (photo.len > sizeof(jp2) && memcmp(data + photo.value, jp2, sizeof(jp2)) == 0)
		form = "JP2";
	else if (photo.len > sizeof(codestream) && memcmp(data + photo.value, codestream, sizeof(codestream)) == 0)
		form = "codestream";
	report_fact(result_of_check(strcmp(form, "unknown") != 0), "11.19", "the photo is JPEG 2000 (%s)", form);
	report_fact(MEASURED, "11.19", "photo: %zu bytes, %s", photo.len, form);
}

static void
report_dates(const uint8_t *data, size_t len)
{
	struct line line = {.len = 0};
	struct licence_object object;
	unsigned tag;
	size_t i;

	for (i = 0; i < COUNT(dates); i++)
		for (tag = dates[i].first; tag <= dates[i].last; tag++)
			if (licence_object_find(data, len, tag, &object) == LICENCE_FOUND)
				line_append(&line, "%s%s %zu%s", line.len == 0 ? "" : ", ", dates[i].name, object.len,
						object.len > 1 && memcmp(data + object.value + 1, "000000", object.len < 7 ? object.len - 1 : 6) == 0 ? " (zeros)" : "");
	report_fact(MEASURED, "11.18", "bytes of dates: %s", line.text);
}

/* Reports on the selected file. True if it was read. */
static bool
report_list(struct report *report, unsigned id, const char *name, unsigned last_tag, const char *fact)
{
	struct answer *answer = &report->link.answer;
	struct list list;

	if (link_select_ef(&report->link, id) != SW_OK || !probe_read_all(report)) {
		report_fact(CONTRADICTED, fact, "%s: %04X", name, answer->sw);
		return false;
	}
	list = describe_list(answer->data, answer->len);
	report_fact(result_of_check(list.after_81 == 0 && list.last_tag == last_tag), fact, "%s: its objects end with the tag %04X", name, list.last_tag);
	report_fact(MEASURED, fact, "%s: %u objects, %u lengths after 81, %u after 82", name, list.objects, list.after_81, list.after_82);
	report_fact(MEASURED, "11.14", "%s: READ gives %zu bytes, the list ends at %zu, then comes %s", name, answer->len, list.end, padding_word(answer->data + list.end, answer->len - list.end));
	return true;
}

static void
probe_licence_records(struct report *report)
{
	struct answer *answer = &report->link.answer;

	if (report_list(report, EF_RECORD, "EF 001B", LICENCE_TAG_PHOTO, "11.13")) {
		report_photo(answer->data, answer->len);
		report_dates(answer->data, answer->len);
	}
	report_list(report, EF_SIGNATURE, "EF 001C", LICENCE_TAG_KEY_ID, "11.20");
	sc_mem_clear(answer->data, answer->len);
}

void
probe_licence(struct report *report)
{
	struct link *link = &report->link;
	unsigned sw;

	if (!report->present[REPORT_LICENCE] || probe_select(report, REPORT_LICENCE) != SW_OK)
		return;
	probe_pin_setting(report);
	probe_references(report);
	sw = link_select_ef(link, EF_RECORD) == SW_OK ? link_read(link, 0, 1) : link->answer.sw;
	report_fact(sw == SW_NOT_VERIFIED ? CONFIRMED : MEASURED, "11.24", "READ of EF 001B before VERIFY: %04X", sw);
	if (sw == SW_OK || (pin_was_entered(report, REPORT_PIN_LICENCE) && pin_verify(report, REPORT_PIN_LICENCE)))
		probe_licence_records(report);
	else if (!pin_was_entered(report, REPORT_PIN_LICENCE))
		report_fact(NOT_TRIED, "11.13", "the record needs the licence PIN");
}

void
probe_residence(struct report *report)
{
	static const struct {
		const char *fact, *name;
		unsigned sfi;
		uint8_t tag;
	} files[] = {{"12.2", "common data", 0x0B, 0xC0}, {"12.3", "card type", 0x0A, 0xC1}};
	struct link *link = &report->link;
	unsigned sw;
	size_t i;

	if (!report->present[REPORT_RESIDENCE] || probe_select(report, REPORT_RESIDENCE) != SW_OK)
		return;
	for (i = 0; i < COUNT(files); i++) {
		sw = link_send(link, 0x00, 0xB0, 0x80 | files[i].sfi, 0, NULL, 0, SHORT_ANSWER_MAX);
		report_fact(result_of_check(sw == SW_OK && link->answer.len > 2 && link->answer.data[0] == files[i].tag), files[i].fact, "%s: %04X, %zu bytes", files[i].name, sw, link->answer.len);
	}
}

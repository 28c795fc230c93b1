/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reports on the files of a card: access, length, padding. */
#include <stdio.h>
#include <string.h>

#include "cv.h"
#include "length-forms.h"
#include "probes.h"
#include "facts.h"

#define TAG_CV_CERTIFICATE  0x7F21
#define EF_AUTH_CERTIFICATE 0x000A

enum reading {
	READ_FREE,
	READ_PIN,   /* READ BINARY answers 6982 without a PIN */
	READ_NEVER, /* an internal EF: READ BINARY answers 6981 */
};

static const struct {
	const char *fact;
	enum report_app app;
	unsigned id;
	enum reading reading;
	const char *name;
	size_t fixed; /* length in bytes, 0: the length of a BER object */
	unsigned tag; /* of that object */
	int padding;  /* the byte that fills the file, -1: unknown */
} files[] = {
		{"3.1", REPORT_JPKI, 0x0001, READ_PIN, "signature certificate", 0, 0x30, 0x00},
		{"3.2", REPORT_JPKI, 0x0002, READ_FREE, "signature CA certificate", 0, 0x30, 0x00},
		{"3.2", REPORT_JPKI, 0x000B, READ_FREE, "authentication CA certificate", 0, 0x30, 0x00},
		{"3.3", REPORT_JPKI, 0x0006, READ_FREE, "token information", 160, 0, -1},
		{"3.4", REPORT_JPKI, 0x0008, READ_FREE, "availability", 3, 0, -1},
		{"3.6", REPORT_JPKI, EF_AUTH_CERTIFICATE, READ_FREE, "authentication certificate", 0, 0x30, 0x00},
		{"1.3", REPORT_JPKI, 0x0018, READ_NEVER, "authentication PIN", 0, 0, -1},
		{"3.9", REPORT_TEXT, 0x0001, READ_PIN, "My Number", 0, 0, -1},
		{"3.10", REPORT_TEXT, 0x0002, READ_PIN, "name, address, birth, sex", 0, 0, -1},
		{"3.11", REPORT_TEXT, 0x0003, READ_PIN, "integrity record", 0, 0, -1},
		{"3.12", REPORT_TEXT, 0x0004, READ_FREE, "Input Support CV certificate", 0, TAG_CV_CERTIFICATE, 0xFF},
		{"3.13", REPORT_TEXT, 0x0005, READ_FREE, "Input Support information", 0, 0xFF40, 0xFF},
		{"3.14", REPORT_TEXT, 0x0007, READ_PIN, "Input Support card key", 0, 0, -1},
		{"3.16", REPORT_SURFACE, 0x0001, READ_PIN, "age record", 0, 0, -1},
		{"3.17", REPORT_SURFACE, 0x0002, READ_PIN, "card face", 0, 0, -1},
		{"3.18", REPORT_SURFACE, 0x0003, READ_FREE, "Card Surface information", 0, 0xFF30, 0xFF},
		{"3.12", REPORT_SURFACE, 0x0004, READ_FREE, "Card Surface CV certificate", 0, TAG_CV_CERTIFICATE, 0xFF},
		{"3.19", REPORT_SURFACE, 0x0005, READ_PIN, "My Number image", 0, 0, -1},
};

/* Returns the padding byte after the first USED bytes, -1 if there is no padding, -2 if the bytes differ. */
static int
find_padding(const struct answer *answer, size_t used)
{
	size_t i;

	if (used >= answer->len)
		return -1;
	for (i = used; i < answer->len; i++)
		if (answer->data[i] != answer->data[used])
			return -2;
	return answer->data[used];
}

static const char *
padding_word(int padding)
{
	return padding == -1 ? "no padding" : padding == 0x00 ? "padding 00"
			      : padding == 0xFF		      ? "padding FF"
							      : "padding of another kind";
}

/* Appends the sizes of the object and of the file. */
static void
append_file_size(struct line *sizes, size_t i, size_t used, size_t size)
{
	line_append(sizes, "%s%s %04X %zu/%zu", sizes->len == 0 ? "" : ", ", probe_app_name(files[i].app), files[i].id, used, size);
}

static void
report_file_content(struct report *report, size_t i, struct line *sizes)
{
	const struct answer *answer = &report->link.answer;
	struct line forms = {.len = 0};
	struct tlv object;
	size_t used = files[i].fixed;
	bool form = used != 0 && answer->len >= used;
	int padding;

	if (files[i].fixed == 0 && ber_read(answer->data, answer->len, &object) == 0) {
		used = (size_t)(object.value - answer->data) + object.len;
		form = object.tag == files[i].tag;
	}
	padding = find_padding(answer, used);
	append_file_size(sizes, i, used, answer->len);
	if (files[i].tag > 0xFF)
		length_forms_append(&forms, answer->data, answer->len);
	report_fact(result_of_check(form), files[i].fact, "%s: %zu bytes in a file of %zu, %s%s%s", files[i].name, used, answer->len, padding_word(padding),
			forms.len > 0 ? ", lengths " : "", forms.text);
	if (form && files[i].tag == TAG_CV_CERTIFICATE)
		cv_report_certificate(report, files[i].app, files[i].name);
	if (form && padding >= 0 && files[i].padding >= 0)
		report_fact(result_of_check(padding == files[i].padding), files[i].app == REPORT_JPKI ? "3.8" : "3.24", "%s: %s", files[i].name, padding_word(padding));
}

static void
probe_file(struct report *report, size_t i, struct line *sizes)
{
	struct link *link = &report->link;
	unsigned sw = link_select_ef(link, files[i].id);

	if (sw != SW_OK)
		return report_fact(sw == SW_NOT_FOUND ? ABSENT : CONTRADICTED, files[i].fact, "%s: SELECT answers %04X", files[i].name, sw);
	if (files[i].reading != READ_FREE) {
		sw = link_read(link, 0, 1);
		report_fact(result_of_check(sw == (files[i].reading == READ_PIN ? SW_NOT_VERIFIED : SW_STRUCTURE)), files[i].fact,
				"%s: READ BINARY without a PIN answers %04X", files[i].name, sw);
	} else if (report->phone && files[i].id == EF_AUTH_CERTIFICATE) {
		sw = link_read(link, 0, 1);
		report_fact(result_of_check(sw == SW_NOT_VERIFIED), "2.8", "%s of a phone: READ BINARY without a PIN answers %04X", files[i].name, sw);
	} else if (!probe_read_all(report)) {
		report_fact(CONTRADICTED, files[i].fact, "%s: not free, READ BINARY answers %04X", files[i].name, link->answer.sw);
	} else {
		report_file_content(report, i, sizes);
	}
}

void
probe_files(struct report *report)
{
	struct line sizes = {.len = 0};
	size_t i;

	for (i = 0; i < COUNT(files); i++)
		if (report->present[files[i].app] && probe_select(report, files[i].app) == SW_OK)
			probe_file(report, i, &sizes);
	if (sizes.len > 0)
		report_fact(MEASURED, "3.8", "bytes of content and of the file: %s", sizes.text);
}

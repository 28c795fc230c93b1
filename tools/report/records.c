/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the signed records of Input Support and Card Surface with the PINs that the user chose, checks them, and clears them. */
#include "cv.h"
#include "genuine.h"
#include "length-forms.h"
#include "pins.h"
#include "facts.h"

#define TAG_NUMBER_HASH	 0xDF31
#define TAG_OBJECTS_HASH 0xDF32

/* docs/card.md 3.9 to 3.19, 7.3 to 7.5 */
static const struct record_kind number_kind = {REPORT_TEXT, 0x0001, "My Number", "3.9", 0xFF10, 0, 0, "7.3", 0, 0};
static const struct record_kind four_kind = {REPORT_TEXT, 0x0002, "name, address, birth, sex", "3.10", 0xFF20, 0xDF21, 0xDF25, "7.3", 0, 0};
static const struct record_kind integrity_kind = {REPORT_TEXT, 0x0003, "integrity record", "3.11", 0xFF30, 0xDF31, 0xDF33, "7.3", 0xDF33, 0};
static const struct record_kind text_key_kind = {REPORT_TEXT, 0x0007, "card key record", "3.14", 0xFF50, 0xDF51, 0xDF52, "7.5", 0xDF52, 0xDF51};
static const struct record_kind age_kind = {REPORT_SURFACE, 0x0001, "age record", "3.16", 0xFF10, 0xDF11, 0xDF13, "7.5", 0xDF13, 0xDF12};
static const struct record_kind face_kind = {REPORT_SURFACE, 0x0002, "card face", "3.17", 0xFF20, 0xDF21, 0xDF2A, "7.4", 0xDF28, 0xDF24};
static const struct record_kind image_kind = {REPORT_SURFACE, 0x0005, "My Number image", "3.19", 0xFF40, 0xDF41, 0xDF43, "7.5", 0xDF43, 0xDF42};

/* Each record of Card Surface has its own code. Code A also opens the card face, which is read only with code B. */
static const struct {
	enum report_pin pin;
	const char *code;
	const struct record_kind *kind;
} surface[] = {
		{REPORT_PIN_CODE_B, "code B", &face_kind},
		{REPORT_PIN_BIRTH, "birth date code", &age_kind},
		{REPORT_PIN_CODE_A, "code A", &image_kind},
};

static bool
record_has_form(const struct record *record)
{
	struct tlv object;
	unsigned tag;
	bool form = record->outer.tag == record->kind->outer;

	for (tag = record->kind->first; form && tag != 0 && tag <= record->kind->last; tag++)
		form = ber_find(record->outer.value, record->outer.len, tag, &object) == 0;
	return form;
}

static void
report_unread_record(const struct record_kind *kind, unsigned sw)
{
	enum fact_result what = sw == SW_NOT_FOUND ? ABSENT : sw == SW_NO_ANSWER ? NOT_TRIED
										 : CONTRADICTED;

	report_fact(what, kind->form, "%s with the PIN: it cannot be read, the answer is %04X", kind->name, sw);
}

/* Reads a record of the selected application and reports its form. */
static void
load_record(struct report *report, struct record *record, const struct record_kind *kind)
{
	struct answer *answer = &report->link.answer;
	struct line forms = {.len = 0};
	bool form;

	*record = (struct record){.kind = kind};
	if (link_select_ef(&report->link, kind->id) != SW_OK || !probe_read_all(report) || answer->len == 0)
		return report_unread_record(kind, answer->sw);
	if (!secret_copy(&record->file, answer->data, answer->len))
		return report_fact(NOT_TRIED, kind->form, "%s with the PIN: a file of %zu bytes, but out of memory", kind->name, answer->len);
	form = ber_read(record->file.data, record->file.len, &record->outer) == 0 && record_has_form(record);
	length_forms_append(&forms, record->file.data, record->file.len);
	report_fact(result_of_check(form), kind->form, "%s with the PIN: a file of %zu bytes%s", kind->name, record->file.len, form ? "" : ", of another form");
	report_fact(MEASURED, kind->form, "%s: lengths %s", kind->name, forms.text);
	if (!form)
		secret_clear(&record->file);
}

/* Reads the My Number only if the holder has entered it, because the law restricts who may read it. */
static void
check_my_number_record(struct report *report, const struct record *integrity)
{
	struct record number;

	if (!pin_was_entered(report, REPORT_PIN_CODE_A))
		return report_fact(NOT_TRIED, "3.9", "no code A was typed, and without it the My Number is not read");
	load_record(report, &number, &number_kind);
	genuine_check_hash(&number, integrity, TAG_NUMBER_HASH);
	secret_clear(&number.file);
}

static void
check_text_records(struct report *report)
{
	struct record four, integrity, key;
	EVP_PKEY *signer;

	load_record(report, &four, &four_kind);
	load_record(report, &integrity, &integrity_kind);
	load_record(report, &key, &text_key_kind);
	signer = cv_read_signer_key(report);
	genuine_check_hash(&four, &integrity, TAG_OBJECTS_HASH);
	check_my_number_record(report, &integrity);
	genuine_check_signature(&integrity, signer);
	genuine_check_signature(&key, signer);
	genuine_check_card_key(report, &key);
	EVP_PKEY_free(signer);
	secret_clear(&four.file);
	secret_clear(&integrity.file);
	secret_clear(&key.file);
}

void
probe_text_records(struct report *report)
{
	if (!report->present[REPORT_TEXT])
		return;
	if (!pin_was_entered(report, REPORT_PIN_TEXT))
		report_fact(NOT_TRIED, "3.10", "no Input Support PIN was typed");
	else if (pin_verify(report, REPORT_PIN_TEXT))
		check_text_records(report);
}

static void
check_surface_record(struct report *report, const struct record_kind *kind)
{
	struct record record;
	EVP_PKEY *signer;

	load_record(report, &record, kind);
	signer = cv_read_signer_key(report);
	genuine_check_signature(&record, signer);
	genuine_check_card_key(report, &record);
	EVP_PKEY_free(signer);
	secret_clear(&record.file);
}

void
probe_surface_records(struct report *report)
{
	size_t i;

	for (i = 0; report->present[REPORT_SURFACE] && i < sizeof(surface) / sizeof(surface[0]); i++)
		if (!pin_was_entered(report, surface[i].pin))
			report_fact(NOT_TRIED, surface[i].kind->form, "no %s was typed", surface[i].code);
		else if (pin_verify(report, surface[i].pin))
			check_surface_record(report, surface[i].kind);
}

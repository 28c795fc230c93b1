/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "card-map.h"

#include <string.h>

#include "licence-record.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define MUNICIPAL_OFFICE "the municipal office"
#define POLICE		 "the police (a driving licence centre)"

const struct application applications[APP_COUNT] = {
		[APP_JPKI] = {APP_JPKI, "JPKI", {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, 10, 0xDF01, true, false, MUNICIPAL_OFFICE,
				/* token information: "JPKIAP" of JPKIAPICCTOKEN2 */
				{EF_TOKEN_INFO, {'J', 'P', 'K', 'I', 'A', 'P'}, 6, 0, 0}},
		[APP_TEXT] = {APP_TEXT, "Input Support", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 10, 0xDF02, true, false, MUNICIPAL_OFFICE,
				/* application information: FF40 { DF41 of 4 bytes */
				{EF_TEXT_INFO, {0xFF, 0x40}, 2, 0xDF41, 4}},
		[APP_SURFACE] = {APP_SURFACE, "Card Surface", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02}, 10, 0xDF03, true, false, MUNICIPAL_OFFICE,
				/* application information: FF30 { DF31 of 4 bytes; EF 0003 of the text application has DF31 of 32 */
				{EF_SURFACE_INFO, {0xFF, 0x30}, 2, 0xDF31, 4}},
		[APP_JUKI] = {APP_JUKI, "Resident Registry", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01}, 10, 0xDF04, true, false, MUNICIPAL_OFFICE, {0}},
		[APP_COMMON] = {APP_COMMON, "Common", {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, 10, 0xDF05, false, false, MUNICIPAL_OFFICE, {0}},
		/* the PIN setting: an object C1 of one byte */
		[APP_LICENCE] = {APP_LICENCE, "Licence", {0xA0, 0x00, 0x00, 0x02, 0x31, 0x06}, 16, 0xDF06, true, true, POLICE,
				{EF_LICENCE_SETTING, {0xC1, 0x01}, 2, 0, 0}},
		[APP_RESIDENCE] = {APP_RESIDENCE, "Residence", {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x01}, 16, 0xDF07, true, true, NULL, {0}},
};

/* Further files whose first bytes prove the application. A certificate is a SEQUENCE that begins with a SEQUENCE
 * (docs/card.md 3.25). The records of the four data and of the card face have the same tag, and tables of 4 and of 9
 * offsets. */
#define TABLE_OF_OFFSETS 0xDF21
#define OFFSET_LEN	 2
static const struct {
	enum app_id app;
	struct file_proof proof;
} file_proofs[] = {
		{APP_JPKI, {EF_SIGN_CERTIFICATE, {0x30}, 1, 0x30, 0}},
		{APP_JPKI, {EF_SIGN_CA_CERTIFICATE, {0x30}, 1, 0x30, 0}},
		{APP_JPKI, {EF_AUTH_CERTIFICATE, {0x30}, 1, 0x30, 0}},
		{APP_JPKI, {EF_AUTH_CA_CERTIFICATE, {0x30}, 1, 0x30, 0}},
		{APP_TEXT, {EF_FOUR_DATA, {0xFF, 0x20}, 2, TABLE_OF_OFFSETS, 4 * OFFSET_LEN}},
		{APP_SURFACE, {EF_FACE, {0xFF, 0x20}, 2, TABLE_OF_OFFSETS, 9 * OFFSET_LEN}},
};

#define TEXT_NUMBER  (PIN_BIT(PIN_TEXT) | PIN_BIT(PIN_TEXT_A))
#define TEXT_FOUR    (PIN_BIT(PIN_TEXT) | PIN_BIT(PIN_TEXT_B))
#define TEXT_ANY     (PIN_BIT(PIN_TEXT) | PIN_BIT(PIN_TEXT_A) | PIN_BIT(PIN_TEXT_B))
#define SURFACE_FACE (PIN_BIT(PIN_SURFACE_B) | PIN_BIT(PIN_SURFACE_A))

const struct card_file card_files[] = {
		{APP_JPKI, EF_SIGN_CERTIFICATE, FILE_TRANSPARENT, PIN_BIT(PIN_SIGN), 0, false, "Sign certificate"},
		{APP_JPKI, EF_SIGN_CA_CERTIFICATE, FILE_TRANSPARENT, FREE, 0, false, "Sign CA cert"},
		{APP_JPKI, EF_TOKEN_INFO, FILE_TRANSPARENT, FREE, 160, false, "Token info"},
		{APP_JPKI, EF_AVAILABILITY, FILE_TRANSPARENT, FREE, 3, false, "Availability"},
		{APP_JPKI, 0x0009, FILE_TRANSPARENT, NEVER, 0, false, "Unknown"},
		{APP_JPKI, EF_AUTH_CERTIFICATE, FILE_TRANSPARENT, FREE, 0, false, "Auth certificate"},
		{APP_JPKI, EF_AUTH_CA_CERTIFICATE, FILE_TRANSPARENT, FREE, 0, false, "Auth CA cert"},
		{APP_JPKI, 0x0016, FILE_INTERNAL, NEVER, 0, false, "Terminal CA ref"},
		{APP_JPKI, 0x0017, FILE_INTERNAL, NEVER, 0, false, "Auth key"},
		{APP_JPKI, 0x0018, FILE_INTERNAL, NEVER, 0, false, "Auth PIN"},
		{APP_JPKI, 0x001A, FILE_INTERNAL, NEVER, 0, false, "Sign key"},
		{APP_JPKI, 0x001B, FILE_INTERNAL, NEVER, 0, false, "Sign PIN"},

		{APP_TEXT, EF_NUMBER, FILE_TRANSPARENT, TEXT_NUMBER, 17, true, "My Number"},
		{APP_TEXT, EF_FOUR_DATA, FILE_TRANSPARENT, TEXT_FOUR, 0, false, "Four data"},
		{APP_TEXT, EF_INTEGRITY, FILE_TRANSPARENT, TEXT_ANY, 0, true, "Integrity"},
		{APP_TEXT, EF_CV_CERTIFICATE, FILE_TRANSPARENT, FREE, 0, false, "CV certificate"},
		{APP_TEXT, EF_TEXT_INFO, FILE_TRANSPARENT, FREE, 0, false, "AP information"},
		{APP_TEXT, 0x0006, FILE_TRANSPARENT, TEXT_ANY, 0, false, "Session key"},
		{APP_TEXT, EF_TEXT_KEY, FILE_TRANSPARENT, TEXT_ANY, 0, false, "Card key record"},
		{APP_TEXT, 0x0011, FILE_INTERNAL, NEVER, 0, false, "PIN"},
		{APP_TEXT, 0x0012, FILE_INTERNAL, NEVER, 0, false, "Blocked key"},
		{APP_TEXT, 0x0013, FILE_INTERNAL, NEVER, 0, false, "Card key"},
		{APP_TEXT, 0x0014, FILE_INTERNAL, NEVER, 0, true, "Code A"},
		{APP_TEXT, 0x0015, FILE_INTERNAL, NEVER, 0, false, "Code B"},

		{APP_SURFACE, EF_AGE, FILE_TRANSPARENT, PIN_BIT(PIN_BIRTH), 0, false, "Age record"},
		{APP_SURFACE, EF_FACE, FILE_TRANSPARENT, SURFACE_FACE, 0, false, "Card face"},
		{APP_SURFACE, EF_SURFACE_INFO, FILE_TRANSPARENT, FREE, 0, false, "AP information"},
		{APP_SURFACE, EF_CV_CERTIFICATE, FILE_TRANSPARENT, FREE, 0, false, "CV certificate"},
		{APP_SURFACE, EF_NUMBER_IMAGE, FILE_TRANSPARENT, PIN_BIT(PIN_SURFACE_A), 0, true, "Number image"},
		{APP_SURFACE, 0x0011, FILE_INTERNAL, NEVER, 0, false, "Birth code"},
		{APP_SURFACE, 0x0012, FILE_INTERNAL, NEVER, 0, false, "Code B"},
		{APP_SURFACE, 0x0013, FILE_INTERNAL, NEVER, 0, true, "Code A"},
		{APP_SURFACE, 0x001A, FILE_INTERNAL, NEVER, 0, false, "Card key"},

		{APP_JUKI, 0x0002, FILE_RECORDS, FREE, 0, false, "Key reference"},
		{APP_JUKI, 0x001C, FILE_INTERNAL, NEVER, 0, false, "PIN"},

		{APP_COMMON, EF_CARD_NUMBER, FILE_RECORDS, FREE, 0, false, "Card number"},
		{APP_COMMON, 0x0002, FILE_RECORDS, FREE, 0, false, "Key reference"},
		{APP_COMMON, 0x0019, FILE_INTERNAL, NEVER, 0, false, "Internal auth"},
		{APP_COMMON, 0x001C, FILE_INTERNAL, NEVER, 0, false, "Registry PIN 2"},

		{APP_LICENCE, EF_LICENCE_PIN, FILE_INTERNAL, NEVER, 0, false, "PIN"},
		{APP_LICENCE, EF_LICENCE_SETTING, FILE_TRANSPARENT, FREE, 3, false, "PIN setting"},
		{APP_LICENCE, EF_LICENCE, FILE_LICENCE_RECORD, PIN_BIT(PIN_LICENCE), LICENCE_RECORD_MAX, false, "Licence record"},
		{APP_LICENCE, EF_LICENCE_SIGNATURE, FILE_LICENCE_RECORD, PIN_BIT(PIN_LICENCE), LICENCE_SIGNATURE_MAX, false, "Signature"},

		{APP_RESIDENCE, EF_RESIDENCE_TYPE, FILE_TRANSPARENT, FREE, 0, false, "Card type"},
		{APP_RESIDENCE, EF_RESIDENCE_COMMON, FILE_TRANSPARENT, FREE, 0, false, "Common data"},
};
const size_t card_files_count = COUNT(card_files);

const struct card_pin card_pins[] = {
		{PIN_AUTH, APP_JPKI, 0x0018, PIN_DIGITS, 4, 4, 3, false, CHANGE_REFERENCE_DATA, PIN_NONE, "User Authentication PIN", false, NULL},
		{PIN_SIGN, APP_JPKI, 0x001B, PIN_UPPER_ALNUM, 6, 16, 5, false, CHANGE_REFERENCE_DATA, PIN_NONE, "Digital Signature PIN", false, NULL},
		{PIN_TEXT, APP_TEXT, 0x0011, PIN_DIGITS, 4, 4, 3, false, CHANGE_REFERENCE_DATA, PIN_NONE, "Input Support PIN", false, NULL},
		{PIN_TEXT_A, APP_TEXT, 0x0014, PIN_DIGITS, 12, 12, 10, true, CHANGE_NEVER, PIN_NONE, "Input Support Code A", false, NULL},
		{PIN_TEXT_B, APP_TEXT, 0x0015, PIN_DIGITS, 14, 14, 10, false, CHANGE_NEVER, PIN_NONE, "Input Support Code B", false, NULL},
		{PIN_SURFACE_A, APP_SURFACE, 0x0013, PIN_DIGITS, 12, 12, 10, true, CHANGE_NEVER, PIN_NONE, "Card Surface Code A", false, NULL},
		{PIN_SURFACE_B, APP_SURFACE, 0x0012, PIN_DIGITS, 14, 14, 10, false, CHANGE_NEVER, PIN_NONE, "Card Surface Code B", false, NULL},
		{PIN_BIRTH, APP_SURFACE, 0x0011, PIN_DIGITS, 6, 6, 10, false, CHANGE_NEVER, PIN_NONE, "Card Surface Birth Date Code", false, NULL},
		{PIN_JUKI, APP_JUKI, 0x001C, PIN_DIGITS, 4, 4, 3, false, CHANGE_KEY, PIN_JUKI_COPY, "Resident Registry PIN", false, NULL},
		{PIN_LICENCE, APP_LICENCE, EF_LICENCE_PIN, PIN_DIGITS, 4, 4, 10, false, CHANGE_AT_OFFICE, PIN_NONE, "Driving Licence PIN", true, "****"},
		{PIN_JUKI_COPY, APP_COMMON, 0x001C, PIN_DIGITS, 4, 4, 3, false, CHANGE_KEY, PIN_NONE, "Resident Registry PIN (second copy)", false, NULL},
};
const size_t card_pins_count = COUNT(card_pins);

const struct card_key card_keys[] = {
		{KEY_AUTH, APP_JPKI, 0x0017, PIN_AUTH, EF_AUTH_CERTIFICATE, 0, false},
		{KEY_SIGN, APP_JPKI, 0x001A, PIN_SIGN, EF_SIGN_CERTIFICATE, 0, false},
		{KEY_TEXT, APP_TEXT, 0x0013, PIN_NONE, EF_TEXT_KEY, 0xDF51, true},
		{KEY_SURFACE, APP_SURFACE, 0x001A, PIN_NONE, EF_FACE, 0xDF24, true},
};
const size_t card_keys_count = COUNT(card_keys);

unsigned
card_file_openers(const struct card_file *file, bool phone)
{
	if (phone && file->app == APP_JPKI && file->id == EF_AUTH_CERTIFICATE)
		return PIN_BIT(PIN_AUTH);
	return file->openers;
}

bool
card_pin_is_changeable(const struct card_pin *pin)
{
	return pin->change != CHANGE_NEVER && pin->change != CHANGE_AT_OFFICE;
}

const char *
application_label(unsigned index)
{
	return index < APP_COUNT ? applications[index].label : NULL;
}

const struct application *
application_by_aid(const uint8_t *aid, size_t len)
{
	size_t i;

	for (i = 0; i < COUNT(applications); i++)
		if (applications[i].aid_len == len && memcmp(applications[i].aid, aid, len) == 0)
			return &applications[i];
	return NULL;
}

const struct application *
application_by_df(uint16_t df)
{
	size_t i;

	for (i = 0; i < COUNT(applications); i++)
		if (applications[i].df == df)
			return &applications[i];
	return NULL;
}

const struct card_file *
card_file_find(enum app_id app, uint16_t id)
{
	size_t i;

	for (i = 0; i < card_files_count; i++)
		if (card_files[i].app == app && card_files[i].id == id)
			return &card_files[i];
	return NULL;
}

const struct file_proof *
card_file_proof(const struct card_file *file)
{
	size_t i;

	if (applications[file->app].proof.file == file->id)
		return &applications[file->app].proof;
	for (i = 0; i < COUNT(file_proofs); i++)
		if (file_proofs[i].app == file->app && file_proofs[i].proof.file == file->id)
			return &file_proofs[i].proof;
	return NULL;
}

const struct card_pin *
card_pin_find(int reference)
{
	size_t i;

	for (i = 0; i < card_pins_count; i++)
		if ((int)card_pins[i].id == reference)
			return &card_pins[i];
	return NULL;
}

bool
card_pin_is_unique(const struct card_pin *pin)
{
	size_t i;

	for (i = 0; i < card_files_count; i++)
		if (card_files[i].id == pin->file && card_files[i].app != pin->app && card_files[i].kind == FILE_INTERNAL)
			return false;
	return true;
}

const struct card_key *
card_key_find(unsigned reference)
{
	size_t i;

	for (i = 0; i < card_keys_count; i++)
		if (card_keys[i].id == reference)
			return &card_keys[i];
	return NULL;
}

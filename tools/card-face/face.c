/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "face.h"

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

#include "objects.h"

/* An application of the card and the PIN object of code B in it, by the labels and ids that opensc-mynumber gives them. */
struct application {
	const char *label;
	struct sc_aid aid;
	struct sc_pkcs15_id code_b;
	size_t first, count; /* its rows of face_objects[] */
	bool needed;	     /* no card face can be shown without it */
};

/* The objects that are read, with their greatest length: a file of the card holds at most 32767 bytes. */
static const struct {
	enum face_item item;
	struct object_label label;
} face_objects[] = {
		{FACE_REPORT, {"Card Surface authenticity", 8192, false}},
		{FACE_PHOTO, {"Face photo", 32767, false}},
		{FACE_NAME_IMAGE, {"Face name image", 32767, false}},
		{FACE_ADDRESS_IMAGE, {"Face address image", 32767, false}},
		{FACE_CODE_IMAGE, {"Face security code image", 32767, false}},
		{FACE_BIRTH, {"Face date of birth", 8, false}},
		{FACE_SEX, {"Face sex", 1, false}},
		{FACE_EXPIRY, {"Face expiry date", 8, false}},

		{FACE_TEXT_REPORT, {"Input Support authenticity", 8192, false}},
		{FACE_NAME, {"Name", 1024, false}},
		{FACE_ADDRESS, {"Address", 1024, false}},
		{FACE_TEXT_BIRTH, {"Date of birth", 8, false}},
		{FACE_TEXT_SEX, {"Sex", 1, false}},
};

/* Both applications have the same code B, but the card counts the tries of each separately. */
static const struct application face_applications[] = {
		{"Card Surface", {{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02}, 10}, {{0x07}, 1}, 0, 8, true},
		{"Input Support", {{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 10}, {{0x05}, 1}, 8, 5, false},
};

/* The first object is read in the transaction in which the card has accepted code B, so only the card can have closed it. A later one
 * may be closed because the card was reset meanwhile. */
static void
read_face_object(struct face *face, struct sc_pkcs15_card *p15card, const struct application *application, size_t row)
{
	enum face_item item = face_objects[row].item;
	enum object_result result = object_read(&face->items[item], p15card, application->label, &face_objects[row].label);

	face->refused[item] = result == OBJECT_REFUSED;
	face->withheld |= result == OBJECT_CLOSED && row == application->first;
}

static enum outcome
report_code_b_refused(const struct sc_pkcs15_auth_info *info, int r)
{
	if (info->tries_left == 0)
		complain("code B is blocked on this card. Only the municipal office can unblock it. (照合番号Bがロックされています。市区町村の窓口で解除してください)");
	else if (r == SC_ERROR_PIN_CODE_INCORRECT && info->tries_left > 0)
		complain("wrong code B; tries left: %d (照合番号Bが違います。残り%d回です)", info->tries_left, info->tries_left);
	else if (r == SC_ERROR_PIN_CODE_INCORRECT)
		complain("wrong code B (照合番号Bが違います)");
	else if (r == SC_ERROR_AUTH_METHOD_BLOCKED)
		complain("code B was not sent, because a wrong code would block it (see above)");
	else
		complain("code B could not be verified: %s", sc_strerror(r));
	return r == SC_ERROR_PIN_CODE_INCORRECT || r == SC_ERROR_AUTH_METHOD_BLOCKED ? OUTCOME_REFUSED : OUTCOME_ERROR;
}

/* The code was right for the application that is needed. An optional one gets it only if no try of it is known to be used. Some
 * readers do not tell the number (below 0); the driver then sends one VERIFY. */
static bool
may_spend_try(const struct application *application, const struct sc_pkcs15_auth_info *info)
{
	if (application->needed || info->tries_left < 0 || info->tries_left == info->max_tries)
		return true;
	complain("%s: code B was not sent, because tries of it are used up there. Name and address are missing as text.", application->label);
	return false;
}

/* The number of tries in the list of PINs may be of an earlier moment or unknown, so it is queried before a try may be spent. The driver
 * may list a PIN whose file is missing, which the query shows. */
static int
find_code_b(struct sc_pkcs15_card *p15card, const struct application *application, struct sc_pkcs15_object **pin)
{
	int r = sc_pkcs15_find_pin_by_auth_id(p15card, &application->code_b, pin);

	if (r == SC_SUCCESS)
		r = sc_pkcs15_get_pin_info(p15card, *pin);
	return r == SC_ERROR_FILE_NOT_FOUND ? SC_ERROR_OBJECT_NOT_FOUND : r;
}

/* Only OBJECT_NOT_FOUND shows that the card lacks the code. Other errors may come from the reader. */
static enum outcome
report_no_code_b(struct face *face, const struct application *application, int r)
{
	face->code_missing = !application->needed && r == SC_ERROR_OBJECT_NOT_FOUND;
	complain("%s: no code B on this card", application->label);
	return OUTCOME_ERROR;
}

static enum outcome
verify_code_b(struct face *face, struct sc_pkcs15_card *p15card, const struct application *application, const struct code_b *code)
{
	struct sc_pkcs15_object *pin = NULL;
	struct sc_pkcs15_auth_info *info;
	int r = find_code_b(p15card, application, &pin);

	if (r < 0)
		return report_no_code_b(face, application, r);
	info = pin->data;
	if (!may_spend_try(application, info))
		return OUTCOME_REFUSED;
	r = info->tries_left == 0 ? SC_ERROR_AUTH_METHOD_BLOCKED : sc_pkcs15_verify_pin(p15card, pin, (const u8 *)code->digits, CODE_B_DIGITS);
	return r < 0 ? report_code_b_refused(info, r) : OUTCOME_GENUINE;
}

/* Uses one transaction, so that no other program can select another application meanwhile. */
static enum outcome
read_face_application(struct face *face, struct sc_card *card, const struct application *application, const struct card_name *name, const struct code_b *code)
{
	struct sc_pkcs15_card *p15card = NULL;
	struct sc_aid aid = application->aid;
	enum outcome outcome = OUTCOME_ERROR;
	size_t i;
	int r = sc_lock(card);

	if (r < 0) {
		complain("the card does not answer: %s", sc_strerror(r));
		return OUTCOME_ERROR;
	}
	r = sc_pkcs15_bind(card, &aid, &p15card);
	if (r == SC_SUCCESS)
		outcome = object_card_is_unchanged(p15card, name, "Code B") ? verify_code_b(face, p15card, application, code) : OUTCOME_ERROR;
	else if (application->needed)
		complain("this card has no card face (券面事項確認AP): %s.\nCheck that it is a My Number Card, and run opensc-mynumber-config doctor.", sc_strerror(r));
	for (i = 0; outcome == OUTCOME_GENUINE && i < application->count; i++)
		read_face_object(face, p15card, application, application->first + i);
	if (p15card != NULL)
		sc_pkcs15_unbind(p15card);
	sc_unlock(card);
	return outcome;
}

enum outcome
face_read(struct face *face, struct sc_card *card, const struct card_name *name, const struct code_b *code)
{
	enum outcome outcome = OUTCOME_GENUINE;
	size_t i;

	*face = (struct face){0};
	for (i = 0; i < sizeof(face_applications) / sizeof(face_applications[0]) && outcome == OUTCOME_GENUINE; i++) {
		enum outcome read = read_face_application(face, card, &face_applications[i], name, code);

		if (face_applications[i].needed)
			outcome = read;
	}
	return outcome;
}

void
face_free(struct face *face)
{
	size_t i;

	for (i = 0; i < FACE_ITEM_COUNT; i++)
		secret_clear(&face->items[i]);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence.h"

#include <stdlib.h>
#include <string.h>

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

#include "objects.h"
#include "tools/common/typed-code.h"

#define APPLICATION "Licence"

static const struct sc_aid licence_aid = {{0xA0, 0x00, 0x00, 0x02, 0x31, 0x06}, 16};
static const struct sc_pkcs15_id licence_pin_id = {{0x0A}, 1};

/* The objects with their greatest length. A character of the record has two bytes, of which six may become in UTF-8. */
static const struct object_label licence_objects[LICENCE_ITEM_COUNT] = {
		[LICENCE_REPORT] = {"Licence authenticity", 8192, false},
		[LICENCE_NUMBER] = {"Licence number", 12, true},
		[LICENCE_EXPIRY] = {"Licence expiry date", 8, true},
		[LICENCE_COLOUR] = {"Licence colour class", 64, true},
		[LICENCE_CLASSES] = {"Licence classes", 256, true},
		[LICENCE_DATES] = {"Licence dates", 256, true},
		[LICENCE_CONDITIONS] = {"Licence conditions", 4096, true},
		[LICENCE_REMARKS] = {"Licence remarks", 4096, true},
		[LICENCE_PHOTO] = {"Licence photo", 2000, true},
		[LICENCE_HISTORY] = {"Driving history number", 64, true},
};

static const struct code_kind licence_pin_kind = {
		LICENCE_PIN_DIGITS,
		"driving licence PIN",
		"The driving licence PIN (免許情報の暗証番号) has 4 digits. It is another PIN than those of the municipal office. **** stands for\n"
		"a PIN that was never set.\n",
		"Driving licence PIN (not shown): ",
		LICENCE_PIN_ENV,
		"--licence-pin-file",
		"****",
};

/* Binds the application within a transaction, which the caller ends by release_licence(). */
static enum outcome
bind_licence(struct sc_card *card, struct sc_pkcs15_card **p15card)
{
	struct sc_aid aid = licence_aid;
	int r = sc_lock(card);

	if (r < 0) {
		complain("the card does not answer: %s", sc_strerror(r));
		return OUTCOME_ERROR;
	}
	r = sc_pkcs15_bind(card, &aid, p15card);
	if (r == SC_SUCCESS)
		return OUTCOME_GENUINE;
	sc_unlock(card);
	complain("this card has no driving licence (免許証AP): %s.\nOnly a card that the police have written a licence to has one, and opensc.conf must not say licence = no. Run the program without --licence.", sc_strerror(r));
	return OUTCOME_ERROR;
}

static void
release_licence(struct sc_card *card, struct sc_pkcs15_card *p15card)
{
	sc_pkcs15_unbind(p15card);
	sc_unlock(card);
}

/* Returns NULL if the card wants no PIN. */
static struct sc_pkcs15_object *
find_licence_pin(struct sc_pkcs15_card *p15card)
{
	struct sc_pkcs15_object *pin = NULL;

	return sc_pkcs15_find_pin_by_auth_id(p15card, &licence_pin_id, &pin) < 0 ? NULL : pin;
}

enum outcome
licence_find(struct sc_card *card, bool *pin_wanted)
{
	struct sc_pkcs15_card *p15card = NULL;
	enum outcome outcome = bind_licence(card, &p15card);

	if (outcome != OUTCOME_GENUINE)
		return outcome;
	*pin_wanted = find_licence_pin(p15card) != NULL;
	release_licence(card, p15card);
	return OUTCOME_GENUINE;
}

enum outcome
licence_pin_get(struct licence_pin *pin, const char *file)
{
	char *value = getenv(LICENCE_PIN_ENV);

	if (file != NULL)
		return code_read_file(&licence_pin_kind, file, pin->digits);
	if (value != NULL)
		return code_read_environment(&licence_pin_kind, value, pin->digits);
	return code_read_terminal(&licence_pin_kind, pin->digits);
}

static enum outcome
report_pin_refused(const struct sc_pkcs15_auth_info *info, int r)
{
	if (info->tries_left == 0)
		complain("the driving licence PIN is blocked. Only the police can unblock it. (免許情報の暗証番号がロックされています。警察で解除してください)");
	else if (r == SC_ERROR_PIN_CODE_INCORRECT && info->tries_left > 0)
		complain("wrong driving licence PIN; tries left: %d (免許情報の暗証番号が違います。残り%d回です)", info->tries_left, info->tries_left);
	else if (r == SC_ERROR_PIN_CODE_INCORRECT)
		complain("wrong driving licence PIN (免許情報の暗証番号が違います)");
	else if (r == SC_ERROR_AUTH_METHOD_BLOCKED)
		complain("the driving licence PIN was not sent, because a wrong PIN would block it (see above)");
	else
		complain("the driving licence PIN could not be verified: %s", sc_strerror(r));
	return r == SC_ERROR_PIN_CODE_INCORRECT || r == SC_ERROR_AUTH_METHOD_BLOCKED ? OUTCOME_REFUSED : OUTCOME_ERROR;
}

static enum outcome
verify_licence_pin(struct sc_pkcs15_card *p15card, const struct licence_pin *pin)
{
	struct sc_pkcs15_object *object = find_licence_pin(p15card);
	struct sc_pkcs15_auth_info *info;
	int r;

	if (pin->digits[0] == '\0' || object == NULL)
		return OUTCOME_GENUINE;
	info = object->data;
	r = info->tries_left == 0 ? SC_ERROR_AUTH_METHOD_BLOCKED : sc_pkcs15_verify_pin(p15card, object, (const u8 *)pin->digits, LICENCE_PIN_DIGITS);
	return r < 0 ? report_pin_refused(info, r) : OUTCOME_GENUINE;
}

static void
read_licence_objects(struct licence *licence, struct sc_pkcs15_card *p15card)
{
	size_t i;

	for (i = 0; i < LICENCE_ITEM_COUNT; i++) {
		enum object_result result = object_read(&licence->items[i], p15card, APPLICATION, &licence_objects[i]);

		licence->given[i] = result == OBJECT_READ;
		licence->refused |= result == OBJECT_REFUSED;
	}
}

enum outcome
licence_read(struct licence *licence, struct sc_card *card, const struct card_name *name, const struct licence_pin *pin)
{
	struct sc_pkcs15_card *p15card = NULL;
	enum outcome outcome = bind_licence(card, &p15card);

	*licence = (struct licence){0};
	if (outcome != OUTCOME_GENUINE)
		return outcome;
	outcome = object_card_is_unchanged(p15card, name, "The driving licence PIN") ? verify_licence_pin(p15card, pin) : OUTCOME_ERROR;
	if (outcome == OUTCOME_GENUINE)
		read_licence_objects(licence, p15card);
	release_licence(card, p15card);
	return outcome;
}

void
licence_free(struct licence *licence)
{
	size_t i;

	for (i = 0; i < LICENCE_ITEM_COUNT; i++)
		secret_clear(&licence->items[i]);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "object.h"

#include <string.h>

#include "card-driver/content/identity.h"
#include "card-driver/content/optional.h"
#include "card-driver/operations/files.h"
#include "card-driver/operations/pin.h"
#include "card-driver/session/application.h"
#include "card-driver/session/load.h"

/* EF 0008 of JPKI has a byte for each certificate. 8F is the only value that was seen for a certificate that is present;
 * the only group that saw it warns that the byte is not a simple yes or no (docs/card.md 3.4). */
#define AVAILABILITY_SEEN 0x8F
#define AVAILABILITY_NONE 0x00

/* The certificates that EF 0008 describes, and the PINs of their keys. */
static const struct {
	uint16_t file;
	enum pin_id pin;
} available[AVAILABLE_COUNT] = {
		[AVAILABLE_SIGN] = {EF_SIGN_CERTIFICATE, PIN_SIGN},
		[AVAILABLE_AUTH] = {EF_AUTH_CERTIFICATE, PIN_AUTH},
};

/* Returns true if the PIN is not blocked. The PIN of a certificate that the card does not have is not expected to be
 * usable. */
static bool
is_pin_usable(struct session *session, enum pin_id pin)
{
	int tries_left = -1, r = pin_query(session, card_pin_find(pin), &tries_left);

	return r == SC_SUCCESS && tries_left != 0;
}

/* Checks whether the card has a certificate although EF 0008 says that it is missing: by its file or, if a PIN protects
 * the file, by the presence of file and PIN. */
static bool
does_card_show_certificate(struct session *session, enum available_certificate which)
{
	const struct card_file *file = card_file_find(APP_JPKI, available[which].file);
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, file, 1, &loaded);

	if (r != SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		return r == SC_SUCCESS && loaded->content.len > 0;
	r = files_check_presence(session, APP_JPKI, file);
	return r == SC_SUCCESS && is_pin_usable(session, available[which].pin);
}

static enum presence
decide_certificate_presence(struct session *session, enum available_certificate which, uint8_t value)
{
	if (value == AVAILABILITY_SEEN)
		return PRESENT;
	sc_log(session->card->ctx, "EF 0008, byte %d: %02X, which nobody has seen there", (int)which, value);
	return value != AVAILABILITY_NONE || does_card_show_certificate(session, which) ? PRESENT : MISSING;
}

/* Returns whether a certificate is available. A card that does not state it (phones, 住基カード) is assumed to have both. */
static bool
is_certificate_available(struct session *session, enum available_certificate which)
{
	const struct loaded_file *loaded = NULL;

	if (session->certificates[which] == PRESENCE_UNKNOWN &&
			load_file(session, card_file_find(APP_JPKI, EF_AVAILABILITY), FILE_WHOLE, &loaded) == SC_SUCCESS && loaded->content.len > (size_t)which)
		session->certificates[which] = decide_certificate_presence(session, which, loaded->content.data[which]);
	return session->certificates[which] != MISSING;
}

/* Returns true if the card refuses to give the licence record although its PIN is not set. Sources contradict each other
 * about this (docs/card.md 11.10). */
static bool
is_licence_refused(struct session *session)
{
	const struct loaded_file *loaded = NULL;

	return load_file(session, card_file_find(APP_LICENCE, EF_LICENCE), 1, &loaded) == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
}

bool
object_wanted(struct session *session, enum condition condition)
{
	switch (condition) {
	case IF_AUTH:
		return is_certificate_available(session, AVAILABLE_AUTH);
	case IF_SIGN:
		return session->settings.signature_certificate && is_certificate_available(session, AVAILABLE_SIGN);
	case IF_CA:
		return session->settings.ca_certificates;
	case IF_RECORD:
		return identity_load(session) == SC_SUCCESS && identity_of(session)->has_record;
	case IF_LICENCE_PIN:
		return session_pin_is_set(session, PIN_LICENCE) || is_licence_refused(session);
	case IF_RESIDENCE:
		return optional_residence_is_readable(session);
	case IF_MY_NUMBER:
		return session->settings.my_number;
	default:
		return true;
	}
}

void
object_set_id(struct sc_pkcs15_id *id, unsigned value)
{
	id->value[0] = (u8)value;
	id->len = 1;
}

struct sc_pkcs15_object
object_make(const char *label, enum pin_id pin)
{
	struct sc_pkcs15_object object = {0};

	memcpy(object.label, label, strnlen(label, sizeof(object.label) - 1));
	if (pin != PIN_NONE) {
		object.flags = SC_PKCS15_CO_FLAG_PRIVATE;
		object_set_id(&object.auth_id, pin);
	}
	return object;
}

void
object_set_path(sc_path_t *path, enum app_id app, uint16_t id)
{
	const u8 name[] = {(u8)(id >> 8), (u8)id};

	/* For a path of this type OpenSC makes no file name for its cache, whatever `use_file_caching` says. */
	sc_path_set(path, SC_PATH_TYPE_FROM_CURRENT, name, sizeof(name), 0, -1);
	memcpy(path->aid.value, applications[app].aid, applications[app].aid_len);
	path->aid.len = applications[app].aid_len;
}

enum pin_id
object_opener(const struct session *session, enum app_id app, uint16_t id)
{
	unsigned openers = session_openers(session, card_file_find(app, id));
	enum pin_id code_a = PIN_NONE;
	size_t i;

	for (i = 0; i < card_pins_count; i++) {
		if (!(openers & PIN_BIT(card_pins[i].id)))
			continue;
		if (!card_pins[i].reveals_number)
			return card_pins[i].id;
		code_a = card_pins[i].id;
	}
	return code_a;
}

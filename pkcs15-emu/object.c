/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "object.h"

#include <string.h>

#include "card-driver/files.h"
#include "card-driver/identity.h"

/* EF 0008 of JPKI: a byte for the signature and one for the authentication certificate (measured, myna-card). */
#define CERTIFICATE_PRESENT 0x8F
#define AVAILABILITY_SIGN   0
#define AVAILABILITY_AUTH   1

/* A card that does not tell (phones, 住基カード) is taken to have both. */
static bool
is_available(struct session *session, size_t index)
{
	const struct loaded_file *loaded = NULL;
	int r = files_load(session, card_file_find(APP_JPKI, EF_AVAILABILITY), FILE_WHOLE, &loaded);

	return r < 0 || loaded->have <= index || loaded->data[index] == CERTIFICATE_PRESENT;
}

bool
object_wanted(struct session *session, enum condition condition)
{
	switch (condition) {
	case IF_AUTH:
		return is_available(session, AVAILABILITY_AUTH);
	case IF_SIGN:
		return session->settings.signature_certificate && is_available(session, AVAILABILITY_SIGN);
	case IF_CA:
		return session->settings.ca_certificates;
	case IF_RECORD:
		return identity_load(session) == SC_SUCCESS && session->identity.has_record;
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

	/* with this type OpenSC makes no file name for its cache, whatever `use_file_caching` says */
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

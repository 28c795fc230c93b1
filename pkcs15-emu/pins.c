/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include "card-driver/operations/files.h"
#include "card-driver/operations/pin.h"
#include "object.h"

static enum condition
pin_condition(const struct card_pin *pin)
{
	switch (pin->id) {
	case PIN_AUTH:
		return IF_AUTH;
	case PIN_SIGN:
		return IF_SIGN;
	case PIN_LICENCE:
		return IF_LICENCE_PIN;
	default:
		return ALWAYS;
	}
}

/* Returns true if nobody looks at the tries left that would be queried now. OpenSC's PKCS#11 module queries them itself
 * whenever a program looks at the PIN's token; in JPKI that costs no more than here. Tools list PINs first. If PINs are
 * listed after an object was read, it is because OpenSC clears their cached values at the end
 * (sc_pkcs15_pincache_clear()), or looks for the PIN of an object. */
static bool
is_query_deferred(const struct session *session, const struct card_pin *pin)
{
	return session_in_pkcs11(session) ? pin->app == APP_JPKI : files_object_selected(session);
}

static int
add_pin(struct sc_pkcs15_card *p15card, struct session *session, const struct card_pin *pin)
{
	struct sc_pkcs15_object object = object_make(pin->label, PIN_NONE);
	struct sc_pkcs15_auth_info info = {0};
	int tries_left = -1, r = is_query_deferred(session, pin) ? SC_SUCCESS : pin_query_to_show(session, pin, &tries_left);

	if (r == SC_ERROR_FILE_NOT_FOUND)
		return r;
	object_set_id(&info.auth_id, pin->id);
	info.auth_type = SC_PKCS15_PIN_AUTH_TYPE_PIN;
	info.attrs.pin.reference = (int)pin->id;
	info.attrs.pin.flags = SC_PKCS15_PIN_FLAG_INITIALIZED | SC_PKCS15_PIN_FLAG_LOCAL;
	if (!card_pin_is_changeable(pin))
		info.attrs.pin.flags |= SC_PKCS15_PIN_FLAG_CHANGE_DISABLED;
	else
		object.flags |= SC_PKCS15_CO_FLAG_MODIFIABLE;
	info.attrs.pin.type = pin->charset == PIN_DIGITS ? SC_PKCS15_PIN_TYPE_ASCII_NUMERIC : SC_PKCS15_PIN_TYPE_UTF8;
	info.attrs.pin.min_length = pin->min;
	info.attrs.pin.max_length = pin->max;
	info.max_tries = pin->tries;
	info.tries_left = tries_left;
	info.logged_in = SC_PIN_STATE_UNKNOWN;
	return sc_pkcs15emu_add_pin_obj(p15card, &object, &info);
}

int
objects_add_pins(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < card_pins_count && r == SC_SUCCESS; i++) {
		const struct card_pin *pin = &card_pins[i];

		if (pin->app == app->id && pin_shown(session, pin) && object_wanted(session, pin_condition(pin)))
			r = add_pin(p15card, session, pin);
		if (r == SC_ERROR_FILE_NOT_FOUND)
			r = SC_SUCCESS;
	}
	return r;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/fields.h"
#include "card-driver/files.h"
#include "card-driver/pin.h"
#include "card-driver/public-key.h"
#include "card-driver/sign.h"

/* EF 0008 of JPKI: a byte for the signature and one for the authentication certificate (measured, myna-card). */
#define CERTIFICATE_PRESENT 0x8F
#define AVAILABILITY_SIGN   0
#define AVAILABILITY_AUTH   1

/* What an object depends on; it is listed only where that holds. */
enum condition {
	ALWAYS,
	IF_AUTH, /* the authentication certificate is on the card */
	IF_SIGN, /* the signature certificate is on the card (not for under-15s) and wanted */
	IF_CA,	 /* CA certificates are wanted */
};

struct key_object {
	unsigned id; /* of both keys: their key reference */
	enum condition condition;
	unsigned usage;
	unsigned public_usage;
	int user_consent;
	const char *label;
	const char *public_label;
};

static const struct key_object key_objects[] = {
		{0x01, IF_AUTH, SC_PKCS15_PRKEY_USAGE_SIGN, SC_PKCS15_PRKEY_USAGE_VERIFY, 0,
				"User Authentication Key", "User Authentication Public Key"},
		{0x02, IF_SIGN, SC_PKCS15_PRKEY_USAGE_SIGN | SC_PKCS15_PRKEY_USAGE_NONREPUDIATION, SC_PKCS15_PRKEY_USAGE_VERIFY, 1,
				"Digital Signature Key", "Digital Signature Public Key"},
};

struct certificate_object {
	unsigned id;
	enum condition condition;
	uint16_t file; /* of JPKI */
	bool authority;
	const char *label;
};

static const struct certificate_object certificate_objects[] = {
		{0x01, IF_AUTH, EF_AUTH_CERTIFICATE, false, "User Authentication Certificate"},
		{0x02, IF_SIGN, EF_SIGN_CERTIFICATE, false, "Digital Signature Certificate"},
		{0x03, IF_CA, EF_AUTH_CA_CERTIFICATE, true, "User Authentication Certificate CA"},
		{0x04, IF_CA, EF_SIGN_CA_CERTIFICATE, true, "Digital Signature Certificate CA"},
};

struct data_object {
	enum app_id app;
	uint16_t id; /* of a file or a field */
	enum pin_id pin;
	bool of_record; /* comes from the card number record, which phones do not have */
	const char *label;
};

static const struct data_object data_objects[] = {
		{APP_JPKI, FIELD_CARD_NUMBER, PIN_NONE, true, "Card number"},
		{APP_JPKI, FIELD_CARD_EXPIRY, PIN_NONE, true, "Card expiry date"},
		{APP_JPKI, FIELD_MUNICIPALITY, PIN_NONE, true, "Municipality code"},
		{APP_JPKI, EF_TOKEN_INFO, PIN_NONE, false, "Token information"},
};

/* A card that does not tell (phones, 住基カード) is taken to have both. */
static bool
is_available(struct session *session, size_t index)
{
	const struct loaded_file *loaded = NULL;
	int r = files_load(session, card_file_find(APP_JPKI, EF_AVAILABILITY), FILE_WHOLE, &loaded);

	return r < 0 || loaded->have <= index || loaded->data[index] == CERTIFICATE_PRESENT;
}

static bool
holds(struct session *session, enum condition condition)
{
	switch (condition) {
	case IF_AUTH:
		return is_available(session, AVAILABILITY_AUTH);
	case IF_SIGN:
		return session->settings.signature_certificate && is_available(session, AVAILABILITY_SIGN);
	case IF_CA:
		return session->settings.ca_certificates;
	default:
		return true;
	}
}

static void
set_id(struct sc_pkcs15_id *id, unsigned value)
{
	id->value[0] = (u8)value;
	id->len = 1;
}

/* A private object and the PIN that opens it go together: with one of them alone PKCS#11 shows it nowhere. */
static struct sc_pkcs15_object
make_object(const char *label, enum pin_id pin)
{
	struct sc_pkcs15_object object = {0};

	memcpy(object.label, label, strnlen(label, sizeof(object.label) - 1));
	if (pin != PIN_NONE) {
		object.flags = SC_PKCS15_CO_FLAG_PRIVATE;
		set_id(&object.auth_id, pin);
	}
	return object;
}

static void
set_path(sc_path_t *path, const struct application *app, uint16_t id)
{
	const u8 name[] = {(u8)(id >> 8), (u8)id};

	sc_path_set(path, SC_PATH_TYPE_PATH, name, sizeof(name), 0, -1);
	memcpy(path->aid.value, app->aid, app->aid_len);
	path->aid.len = app->aid_len;
}

/* The PIN that a file's objects carry: the first that opens it. */
static enum pin_id
opener(const struct session *session, enum app_id app, uint16_t id)
{
	unsigned openers = session_openers(session, card_file_find(app, id));
	unsigned pin;

	for (pin = PIN_AUTH; pin < PIN_COUNT; pin++)
		if (openers & PIN_BIT(pin))
			return (enum pin_id)pin;
	return PIN_NONE;
}

static enum condition
pin_condition(const struct card_pin *pin)
{
	return pin->id == PIN_AUTH ? IF_AUTH : pin->id == PIN_SIGN ? IF_SIGN
								   : ALWAYS;
}

static int
add_pin(struct sc_pkcs15_card *p15card, struct session *session, const struct card_pin *pin)
{
	struct sc_pkcs15_object object = make_object(pin->label, PIN_NONE);
	struct sc_pkcs15_auth_info info = {0};
	int tries_left = -1, r = pin_query(session, pin, &tries_left);

	if (r == SC_ERROR_FILE_NOT_FOUND)
		return r;
	set_id(&info.auth_id, pin->id);
	info.auth_type = SC_PKCS15_PIN_AUTH_TYPE_PIN;
	info.attrs.pin.reference = (int)pin->id;
	info.attrs.pin.flags = SC_PKCS15_PIN_FLAG_INITIALIZED | SC_PKCS15_PIN_FLAG_LOCAL;
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

		if (pin->app == app->id && pin_shown(session, pin) && holds(session, pin_condition(pin)))
			r = add_pin(p15card, session, pin);
		if (r == SC_ERROR_FILE_NOT_FOUND)
			r = SC_SUCCESS;
	}
	return r;
}

/* Bits of a key's modulus, from its certificate. That of the signature key may need its PIN: both pairs are issued
 * together and alike, so the authentication certificate answers for it. 0: nothing tells. */
static size_t
modulus_bits(struct session *session, const struct card_key *key)
{
	EVP_PKEY *public = NULL;
	int r = public_key_load(session, key, &public);
	size_t bits;

	if (r < 0 && key->id != card_keys[0].id)
		r = public_key_load(session, &card_keys[0], &public);
	bits = r < 0 ? 0 : (size_t)EVP_PKEY_get_bits(public);
	EVP_PKEY_free(public);
	return bits;
}

static int
add_private_key(struct sc_pkcs15_card *p15card, struct session *session, const struct key_object *entry)
{
	const struct card_key *key = card_key_find(entry->id);
	struct sc_pkcs15_object object = make_object(entry->label, key->pin);
	struct sc_pkcs15_prkey_info info = {0};
	int r;

	object.user_consent = entry->user_consent;
	set_id(&info.id, entry->id);
	info.usage = entry->usage;
	info.native = 1;
	info.key_reference = (int)entry->id;
	info.modulus_length = modulus_bits(session, key);
	r = sign_accept_key_size(session, &info.modulus_length);
	return r < 0 ? r : sc_pkcs15emu_add_rsa_prkey(p15card, &object, &info);
}

int
objects_add_private_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(key_objects) / sizeof(key_objects[0]) && r == SC_SUCCESS; i++)
		if (card_key_find(key_objects[i].id)->app == app->id && holds(session, key_objects[i].condition))
			r = add_private_key(p15card, session, &key_objects[i]);
	return r;
}

static int
add_public_key(struct sc_pkcs15_card *p15card, struct session *session, const struct key_object *entry)
{
	const struct card_key *key = card_key_find(entry->id);
	struct sc_pkcs15_object object = make_object(entry->public_label, opener(session, key->app, key->public_key));
	struct sc_pkcs15_pubkey_info info = {0};

	set_id(&info.id, entry->id);
	info.usage = entry->public_usage;
	info.native = 1;
	info.key_reference = (int)entry->id;
	info.modulus_length = modulus_bits(session, key);
	set_path(&info.path, &applications[key->app], key->public_key);
	return sc_pkcs15emu_add_rsa_pubkey(p15card, &object, &info);
}

int
objects_add_public_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(key_objects) / sizeof(key_objects[0]) && r == SC_SUCCESS; i++)
		if (card_key_find(key_objects[i].id)->app == app->id && holds(session, key_objects[i].condition))
			r = add_public_key(p15card, session, &key_objects[i]);
	return r;
}

static int
add_certificate(struct sc_pkcs15_card *p15card, struct session *session, const struct certificate_object *entry)
{
	struct sc_pkcs15_object object = make_object(entry->label, opener(session, APP_JPKI, entry->file));
	struct sc_pkcs15_cert_info info = {0};

	set_id(&info.id, entry->id);
	info.authority = entry->authority;
	set_path(&info.path, &applications[APP_JPKI], entry->file);
	return sc_pkcs15emu_add_x509_cert(p15card, &object, &info);
}

int
objects_add_certificates(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; app->id == APP_JPKI && i < sizeof(certificate_objects) / sizeof(certificate_objects[0]) && r == SC_SUCCESS; i++)
		if (holds(session, certificate_objects[i].condition))
			r = add_certificate(p15card, session, &certificate_objects[i]);
	return r;
}

static int
add_data(struct sc_pkcs15_card *p15card, const struct data_object *entry)
{
	const struct application *app = &applications[entry->app];
	struct sc_pkcs15_object object = make_object(entry->label, entry->pin);
	struct sc_pkcs15_data_info info = {0};

	memcpy(info.app_label, app->label, strnlen(app->label, sizeof(info.app_label) - 1));
	sc_init_oid(&info.app_oid);
	set_path(&info.path, app, entry->id);
	return sc_pkcs15emu_add_data_object(p15card, &object, &info);
}

int
objects_add_data(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(data_objects) / sizeof(data_objects[0]) && r == SC_SUCCESS; i++)
		if (data_objects[i].app == app->id && (session->identity.has_record || !data_objects[i].of_record))
			r = add_data(p15card, &data_objects[i]);
	return r;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include "card-driver/content/authentic.h"
#include "card-driver/content/public-key.h"
#include "card-driver/operations/sign.h"
#include "object.h"

struct key_object {
	unsigned id; /* id and key reference of both keys */
	enum condition condition;
	unsigned usage;
	unsigned public_usage;
	int user_consent;
	const char *label;
	const char *public_label;
};

static const struct key_object key_objects[] = {
		{KEY_AUTH, IF_AUTH, SC_PKCS15_PRKEY_USAGE_SIGN, SC_PKCS15_PRKEY_USAGE_VERIFY, 0,
				"User Authentication Key", "User Authentication Public Key"},
		{KEY_SIGN, IF_SIGN, SC_PKCS15_PRKEY_USAGE_SIGN | SC_PKCS15_PRKEY_USAGE_NONREPUDIATION, SC_PKCS15_PRKEY_USAGE_VERIFY, 1,
				"Digital Signature Key", "Digital Signature Public Key"},
		{KEY_TEXT, ALWAYS, SC_PKCS15_PRKEY_USAGE_SIGN, SC_PKCS15_PRKEY_USAGE_VERIFY, 0,
				"Input Support Card Key", "Input Support Card Key"},
		{KEY_SURFACE, ALWAYS, SC_PKCS15_PRKEY_USAGE_SIGN, SC_PKCS15_PRKEY_USAGE_VERIFY, 0,
				"Card Surface Card Key", "Card Surface Card Key"},
};

/* Returns the number of bits of the key that stands for KEY if KEY's own public key needs a PIN, or 0 if it cannot be
 * determined. In JPKI this is the authentication key, because the pairs of an application are issued together and alike. In
 * other applications it is the key of the records' signer. */
static size_t
find_sibling_bits(struct session *session, const struct card_key *key)
{
	const struct signer *signer = NULL;
	struct rsa_numbers numbers;

	if (key->app == APP_JPKI)
		return public_key_numbers(session, card_key_find(KEY_AUTH), &numbers) < 0 ? 0 : rsa_numbers_bits(&numbers);
	if (authentic_signer(session, key->app, &signer) < 0 || signer->key == NULL)
		return 0;
	return (size_t)EVP_PKEY_get_bits(signer->key);
}

/* Returns the number of bits of a key's modulus, or 0 if it cannot be determined. */
static size_t
find_modulus_bits(struct session *session, const struct card_key *key)
{
	struct rsa_numbers numbers;

	if (session_would_disturb(session, key->app))
		return 0;
	if (public_key_numbers(session, key, &numbers) == SC_SUCCESS)
		return rsa_numbers_bits(&numbers);
	return find_sibling_bits(session, key);
}

static int
add_private_key(struct sc_pkcs15_card *p15card, struct session *session, const struct key_object *entry)
{
	const struct card_key *key = card_key_find(entry->id);
	struct sc_pkcs15_object object = object_make(entry->label, key->pin);
	struct sc_pkcs15_prkey_info info = {0};
	int r;

	object.user_consent = entry->user_consent;
	object_set_id(&info.id, entry->id);
	info.usage = entry->usage;
	info.native = 1;
	info.key_reference = (int)entry->id;
	info.modulus_length = find_modulus_bits(session, key);
	r = sign_accept_key_size(session, &info.modulus_length);
	return r < 0 ? r : sc_pkcs15emu_add_rsa_prkey(p15card, &object, &info);
}

static int
add_public_key(struct sc_pkcs15_card *p15card, struct session *session, const struct key_object *entry)
{
	const struct card_key *key = card_key_find(entry->id);
	struct sc_pkcs15_object object = object_make(entry->public_label, object_opener(session, key->app, key->public_key));
	struct sc_pkcs15_pubkey_info info = {0};

	object_set_id(&info.id, entry->id);
	info.usage = entry->public_usage;
	info.native = 1;
	info.key_reference = (int)entry->id;
	info.modulus_length = find_modulus_bits(session, key);
	object_set_path(&info.path, key->app, key->public_key);
	return sc_pkcs15emu_add_rsa_pubkey(p15card, &object, &info);
}

typedef int (*add_key)(struct sc_pkcs15_card *p15card, struct session *session, const struct key_object *entry);

static int
add_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app, add_key add)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(key_objects) / sizeof(key_objects[0]) && r == SC_SUCCESS; i++)
		if (card_key_find(key_objects[i].id)->app == app->id && object_wanted(session, key_objects[i].condition))
			r = add(p15card, session, &key_objects[i]);
	return r;
}

int
objects_add_private_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	return add_keys(p15card, session, app, add_private_key);
}

int
objects_add_public_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	return add_keys(p15card, session, app, add_public_key);
}

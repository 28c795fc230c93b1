/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-keys.h"

#include <stdlib.h>
#include <string.h>

#include "rsa-key.h"

int
licence_keys_load(const sc_context_t *ctx, struct settings *settings, const struct key_list **list)
{
	static const struct key_list_form form = {"trusted_licence_keys", LICENCE_KEY_ID_LEN, 0};
	int r = SC_SUCCESS;

	if (settings->licence_keys == NULL)
		r = key_list_load(ctx, &form, settings->trusted_licence_keys, &settings->licence_keys);
	*list = settings->licence_keys;
	return r;
}

/* Verifies the signature with one key over both ranges. PADDED contains the record and its padding. Returns SC_SUCCESS or
 * SC_ERROR_OUT_OF_MEMORY. */
static int
verify_both_ranges(EVP_PKEY *key, const struct licence_signature *signature, const uint8_t *padded, size_t len, size_t file_len, enum licence_trust *trust)
{
	int is_signed = rsa_key_signed(key, padded, len, signature->value, signature->len);

	*trust = LICENCE_SIGNED;
	if (is_signed == 0) {
		is_signed = rsa_key_signed(key, padded, file_len, signature->value, signature->len);
		*trust = LICENCE_SIGNED_PADDING;
	}
	if (is_signed == 0)
		*trust = LICENCE_FORGED;
	return is_signed < 0 ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

/* Checks the signature with one key. If the signature names another key, the function only checks whether this key signed
 * different data: somebody has then changed the name to make the key look like an unknown one. */
static int
verify_by_key(const struct listed_key *listed, const struct licence_signature *signature, const uint8_t *padded, size_t len, size_t file_len,
		enum licence_trust *trust)
{
	bool named = memcmp(listed->id, signature->key_id, LICENCE_KEY_ID_LEN) == 0;
	EVP_PKEY *key = rsa_key_from_modulus(listed->modulus, sizeof(listed->modulus));
	int r = SC_SUCCESS;

	*trust = LICENCE_UNKNOWN_KEY;
	if (key == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (named || rsa_key_opens(key, signature->value, signature->len))
		r = verify_both_ranges(key, signature, padded, len, file_len, trust);
	if (!named && *trust != LICENCE_FORGED)
		*trust = LICENCE_UNKNOWN_KEY;
	EVP_PKEY_free(key);
	return r;
}

static bool
is_signed_by_trusted_key(enum licence_trust trust)
{
	return trust == LICENCE_SIGNED || trust == LICENCE_SIGNED_PADDING;
}

int
licence_keys_check(const struct key_list *list, const struct licence_signature *signature, const uint8_t *record, size_t len, size_t file_len,
		enum licence_trust *trust)
{
	uint8_t *padded;
	enum licence_trust by_key;
	size_t i;
	int r = SC_SUCCESS;

	*trust = list->count == 0 ? LICENCE_NO_KEYS : LICENCE_UNKNOWN_KEY;
	if (len > file_len)
		return SC_ERROR_INTERNAL;
	padded = calloc(1, file_len);
	if (padded == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	memcpy(padded, record, len);
	for (i = 0; i < list->count && r == SC_SUCCESS && !is_signed_by_trusted_key(*trust); i++) {
		r = verify_by_key(&list->keys[i], signature, padded, len, file_len, &by_key);
		if (r == SC_SUCCESS && by_key != LICENCE_UNKNOWN_KEY)
			*trust = by_key;
	}
	sc_mem_clear(padded, file_len);
	free(padded);
	return r;
}

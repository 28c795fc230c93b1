/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "public-key.h"

#include "card-driver/base/log-error.h"
#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/trust/rsa-key.h"
#include "card-driver/trust/x509-certificate.h"

static int
numbers_in_certificate(const struct secret *der, struct rsa_numbers *numbers)
{
	struct x509_certificate certificate;

	return x509_certificate_parse(der->data, der->len, &certificate) < 0 ? -1 : x509_certificate_numbers(&certificate, numbers);
}

static int
numbers_in_record(const struct secret *record, unsigned tag, struct rsa_numbers *numbers)
{
	struct tlv outer, key;

	if (ber_read(record->data, record->len, &outer) < 0 || ber_find(outer.value, outer.len, tag, &key) < 0)
		return -1;
	return rsa_numbers_from_objects(key.value, key.len, numbers);
}

static int
find_numbers(const struct secret *content, unsigned tag, struct rsa_numbers *numbers)
{
	int r = tag == 0 ? numbers_in_certificate(content, numbers) : numbers_in_record(content, tag, numbers);

	return r < 0 ? SC_ERROR_UNKNOWN_DATA_RECEIVED : SC_SUCCESS;
}

int
public_key_numbers(struct session *session, const struct card_key *key, struct rsa_numbers *numbers)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, file, FILE_WHOLE, &loaded);

	if (r == SC_SUCCESS)
		r = find_numbers(&loaded->content, key->public_tag, numbers);
	return log_error(session->card->ctx, r, file->name);
}

int
public_key_load(struct session *session, const struct card_key *key, EVP_PKEY **public)
{
	struct rsa_numbers numbers;
	struct loaded_file *loaded;
	int r = public_key_numbers(session, key, &numbers);

	if (r < 0)
		return r;
	loaded = session_loaded(session, card_file_find(key->app, key->public_key));
	if (loaded != NULL && loaded->key == NULL)
		loaded->key = rsa_key_from_numbers(&numbers);
	if (loaded == NULL || loaded->key == NULL || EVP_PKEY_up_ref(loaded->key) != 1)
		return SC_ERROR_OUT_OF_MEMORY;
	*public = loaded->key;
	return SC_SUCCESS;
}

bool
public_key_at_hand(struct session *session, const struct card_key *key)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	const struct loaded_file *loaded = session_loaded(session, file);

	return loaded != NULL && loaded->whole && session_opens(session, session_openers(session, file));
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "public-key.h"

#include <openssl/err.h>

#include "card-driver/base/log-error.h"
#include "card-driver/card/tlv.h"
#include "card-driver/session/load.h"
#include "card-driver/trust/rsa-key.h"
#include "card-driver/trust/x509-certificate.h"

static int
key_from_certificate(const uint8_t *der, size_t len, EVP_PKEY **public)
{
	struct x509_certificate certificate;

	*public = x509_certificate_parse(der, len, &certificate) < 0 ? NULL : x509_certificate_key(&certificate);
	return *public == NULL ? SC_ERROR_UNKNOWN_DATA_RECEIVED : SC_SUCCESS;
}

static int
key_from_record(const uint8_t *record, size_t len, unsigned tag, EVP_PKEY **public)
{
	struct tlv outer, key;

	if (ber_read(record, len, &outer) < 0 || ber_find(outer.value, outer.len, tag, &key) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	return rsa_key_from_objects(key.value, key.len, public);
}

/* Removes the errors that this function adds to OpenSSL's error queue, because the queue belongs to the program. */
static int
key_from_file(const struct loaded_file *loaded, unsigned tag, EVP_PKEY **public)
{
	int r;

	ERR_set_mark();
	r = tag == 0 ? key_from_certificate(loaded->content.data, loaded->content.len, public) : key_from_record(loaded->content.data, loaded->content.len, tag, public);
	ERR_pop_to_mark();
	return r;
}

int
public_key_load(struct session *session, const struct card_key *key, EVP_PKEY **public)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, file, FILE_WHOLE, &loaded);

	if (r == SC_SUCCESS)
		r = key_from_file(loaded, key->public_tag, public);
	return log_error(session->card->ctx, r, file->name);
}

bool
public_key_at_hand(struct session *session, const struct card_key *key)
{
	const struct card_file *file = card_file_find(key->app, key->public_key);
	const struct loaded_file *loaded = session_loaded(session, file);

	return loaded != NULL && loaded->whole && session_opens(session, session_openers(session, file));
}

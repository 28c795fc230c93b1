/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keys that sign licence records. None of them is public, so the user has to name them (trusted_licence_keys). */
#ifndef MYNUMBER_LICENCE_KEYS_H
#define MYNUMBER_LICENCE_KEYS_H

#include "card-driver/base/settings.h"
#include "key-list.h"

#define LICENCE_KEY_ID_LEN 32

enum licence_trust {
	LICENCE_NO_KEYS,	/* no key is trusted at all */
	LICENCE_UNKNOWN_KEY,	/* the key that the signature names is not trusted */
	LICENCE_SIGNED,		/* a trusted key signed the record without its padding */
	LICENCE_SIGNED_PADDING, /* a trusted key signed the record with its padding */
	LICENCE_FORGED,		/* a trusted key did not sign the record */
};

struct licence_signature {
	const uint8_t *value;
	size_t len;
	const uint8_t *key_id; /* LICENCE_KEY_ID_LEN bytes */
};

/* Loads the keys of the file that trusted_licence_keys names. *LIST belongs to SETTINGS. The first call tells the user
 * about errors in the file. Returns SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY. */
int licence_keys_load(const sc_context_t *ctx, struct settings *settings, const struct key_list **list);

/* Checks the signature of a licence record of LEN bytes, which is padded with zeros to FILE_LEN bytes. Sources do not say
 * whether the padding is signed, so both are tried. Returns SC_SUCCESS, or SC_ERROR_OUT_OF_MEMORY if the result could not
 * be determined. */
int licence_keys_check(const struct key_list *list, const struct licence_signature *signature, const uint8_t *record, size_t len, size_t file_len,
		enum licence_trust *trust);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/files.h"
#include "card-driver/x509-certificate.h"
#include "object.h"

#define TAG_UTC_TIME 0x17
#define TIME_MAX     32

/* A certificate's date as GeneralizedTime. 0, or -1. */
static int
write_date(const struct tlv *date, char text[TIME_MAX])
{
	if (date->len > TIME_MAX - 3)
		return -1;
	snprintf(text, TIME_MAX, "%s%.*s", date->tag == TAG_UTC_TIME ? "20" : "", (int)date->len, (const char *)date->value);
	return strspn(text, "0123456789Z") == strlen(text) ? 0 : -1;
}

static int
date_entries(struct sc_pkcs15_card *p15card, struct session *session)
{
	const struct card_file *file = card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	struct tlv date;
	char text[TIME_MAX];

	if (session_openers(session, file) != FREE || files_load(session, file, SHORT_ANSWER_MAX, &loaded) < 0 ||
			x509_certificate_not_before(loaded->data, loaded->have, &date) < 0 || write_date(&date, text) < 0)
		return -1;
	free(p15card->tokeninfo->last_update.gtime);
	p15card->tokeninfo->last_update.gtime = strdup(text);
	return p15card->tokeninfo->last_update.gtime == NULL ? -1 : 0;
}

/* What is known of the authentication certificate that is on the card, or NULL. */
static const struct loaded_file *
known(struct session *session)
{
	return session_loaded(session, card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE));
}

/* A copy of the authentication certificate is the card's if the card has begun to say the same: by issuer and serial number,
 * which come first, there is one such certificate. */
static bool
begins_as_on_card(struct session *session, const struct x509_certificate *copy)
{
	const struct loaded_file *loaded = known(session);

	return loaded != NULL && loaded->have > 0 && loaded->have <= copy->whole.header + copy->whole.len &&
	       memcmp(loaded->data, copy->whole.start, loaded->have) == 0;
}

/* A copy of that one's CA certificate is the card's if its key has signed that one, which must be known to the end. */
static bool
has_signed_what_is_on_card(struct session *session, const struct x509_certificate *copy)
{
	const struct loaded_file *loaded = known(session);
	struct x509_certificate certificate;
	EVP_PKEY *key;
	bool has_signed;

	if (loaded == NULL || !loaded->whole || x509_certificate_parse(loaded->data, loaded->have, &certificate) < 0)
		return false;
	key = x509_certificate_key(copy);
	has_signed = key != NULL && x509_certificate_signed_by(&certificate, key);
	EVP_PKEY_free(key);
	return has_signed;
}

/* The certificates that may be in the cache, and what proves of a copy, without an exchange, that it is on the card. Of the
 * signature pair's CA nothing does: that pair is renewed for itself, and its certificate is closed. */
static const struct kept {
	uint16_t id;
	bool (*is_on_card)(struct session *session, const struct x509_certificate *copy);
} kept[] = {
		{EF_AUTH_CERTIFICATE, begins_as_on_card},
		{EF_AUTH_CA_CERTIFICATE, has_signed_what_is_on_card},
};

/* False if the cache has something else than the card, or not all of it: OpenSC writes its files where others read them. */
static bool
take_over(struct sc_pkcs15_card *p15card, struct session *session, const struct kept *entry)
{
	struct x509_certificate copy;
	size_t len = 0;
	u8 *data = NULL;
	sc_path_t path;
	bool is_on_card;
	int r;

	object_set_path(&path, APP_JPKI, entry->id, true);
	r = sc_pkcs15_read_cached_file(p15card, &path, &data, &len);
	if (r < 0)
		return r == SC_ERROR_FILE_NOT_FOUND;
	is_on_card = x509_certificate_parse(data, len, &copy) == 0 && entry->is_on_card(session, &copy);
	if (is_on_card)
		files_provide(session, card_file_find(APP_JPKI, entry->id), data, len);
	free(data);
	return is_on_card;
}

bool
cache_may_serve(struct sc_pkcs15_card *p15card, struct session *session, uint16_t id)
{
	size_t i;

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (kept[i].id == id)
			return p15card->opts.use_file_cache == SC_PKCS15_OPTS_CACHE_NO_FILES || take_over(p15card, session, &kept[i]);
	return false;
}

void
cache_use(struct sc_pkcs15_card *p15card, struct session *session)
{
	size_t i;

	if (p15card->opts.use_file_cache == SC_PKCS15_OPTS_CACHE_NO_FILES || p15card->tokeninfo->last_update.gtime != NULL)
		return;
	if (date_entries(p15card, session) < 0) {
		p15card->opts.use_file_cache = SC_PKCS15_OPTS_CACHE_NO_FILES;
		return;
	}
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		(void)take_over(p15card, session, &kept[i]);
}

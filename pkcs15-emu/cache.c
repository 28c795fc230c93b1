/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/files.h"
#include "card-driver/records.h"
#include "object.h"

/* X.509 (RFC 5280, 4.1): the objects before validity in a TBSCertificate are version, serial number, algorithm, issuer. */
#define BEFORE_VALIDITY	     4
#define TAG_UTC_TIME	     0x17
#define TAG_GENERALIZED_TIME 0x18
#define TIME_MAX	     32

/* Moves into an object, or past it. The end of the chunk may cut the object off. */
static int
enter(const uint8_t **p, const uint8_t *end)
{
	struct tlv tlv;

	if (ber_header(*p, (size_t)(end - *p), &tlv) < 0)
		return -1;
	*p = tlv.value;
	return 0;
}

static int
skip(const uint8_t **p, const uint8_t *end)
{
	struct tlv tlv;

	if (ber_read(*p, (size_t)(end - *p), &tlv) < 0)
		return -1;
	*p = tlv.value + tlv.len;
	return 0;
}

/* The notBefore of a certificate of which the first bytes are at hand, as GeneralizedTime. 0, or -1. */
static int
find_not_before(const uint8_t *der, size_t len, char text[TIME_MAX])
{
	const uint8_t *p = der, *end;
	struct tlv time;
	int i;

	if (len == 0) /* there are no bytes, not even a first one to point at */
		return -1;
	end = der + len;
	if (enter(&p, end) < 0 || enter(&p, end) < 0) /* NOLINT(misc-redundant-expression): Certificate, TBSCertificate */
		return -1;
	for (i = 0; i < BEFORE_VALIDITY; i++)
		if (skip(&p, end) < 0)
			return -1;
	if (enter(&p, end) < 0 || ber_read(p, (size_t)(end - p), &time) < 0 || time.len > TIME_MAX - 3)
		return -1;
	if (time.tag != TAG_UTC_TIME && time.tag != TAG_GENERALIZED_TIME)
		return -1;
	snprintf(text, TIME_MAX, "%s%.*s", time.tag == TAG_UTC_TIME ? "20" : "", (int)time.len, (const char *)time.value);
	return strspn(text, "0123456789Z") == strlen(text) ? 0 : -1;
}

static int
date_entries(struct sc_pkcs15_card *p15card, struct session *session)
{
	const struct card_file *file = card_file_find(APP_JPKI, EF_AUTH_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	char text[TIME_MAX];

	if (session_openers(session, file) != FREE || files_load(session, file, SHORT_ANSWER_MAX, &loaded) < 0 ||
			find_not_before(loaded->data, loaded->have, text) < 0)
		return -1;
	free(p15card->tokeninfo->last_update.gtime);
	p15card->tokeninfo->last_update.gtime = strdup(text);
	return p15card->tokeninfo->last_update.gtime == NULL ? -1 : 0;
}

static void
take_over(struct sc_pkcs15_card *p15card, struct session *session, uint16_t id)
{
	const struct card_file *file = card_file_find(APP_JPKI, id);
	size_t len = 0;
	u8 *data = NULL;
	sc_path_t path;

	object_set_path(&path, APP_JPKI, id, true);
	if (sc_pkcs15_read_cached_file(p15card, &path, &data, &len) == SC_SUCCESS)
		files_provide(session, file, data, len);
	free(data);
}

void
cache_use(struct sc_pkcs15_card *p15card, struct session *session)
{
	static const uint16_t free_certificates[] = {EF_AUTH_CERTIFICATE, EF_AUTH_CA_CERTIFICATE, EF_SIGN_CA_CERTIFICATE};
	size_t i;

	if (p15card->opts.use_file_cache == SC_PKCS15_OPTS_CACHE_NO_FILES || p15card->tokeninfo->last_update.gtime != NULL)
		return;
	if (date_entries(p15card, session) < 0) {
		p15card->opts.use_file_cache = SC_PKCS15_OPTS_CACHE_NO_FILES;
		return;
	}
	for (i = 0; i < sizeof(free_certificates) / sizeof(free_certificates[0]); i++)
		take_over(p15card, session, free_certificates[i]);
}

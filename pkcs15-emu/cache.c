/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Proves that a cached copy is the certificate on the card. The beginning of the authentication certificate on the card
 * contains issuer and serial number, and its key identifiers are the hashes of its public key and of its CA's public
 * key. A copy is byte for byte the certificate on the card if it has the same beginning and key identifiers, contains
 * these keys, and is signed by the CA's key, because the CA signs only one certificate with that serial number. The copy
 * of the CA's certificate is proven by the hash of its key, which has also signed that copy. Somebody who can only write
 * to the cache does not have the CA's private key.
 *
 * The certificate of the signature CA is named by a certificate that needs a PIN. It is proven by itself when it is read:
 * its beginning and its own key identifier on the card are those of the copy, which contains that key and is signed by it.
 */
#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/session/load.h"
#include "card-driver/trust/x509-certificate.h"
#include "cache-folder.h"
#include "object.h"

#define TAG_UTC_TIME 0x17
#define TIME_MAX     32

enum {
	KEPT_CERTIFICATE,
	KEPT_CA,
	KEPT_COUNT
};

static const uint16_t kept_files[KEPT_COUNT] = {[KEPT_CERTIFICATE] = EF_AUTH_CERTIFICATE, [KEPT_CA] = EF_AUTH_CA_CERTIFICATE};

/* Both certificates as read from the cache. */
struct copies {
	u8 *data[KEPT_COUNT]; /* owned */
	struct x509_certificate certificates[KEPT_COUNT];
};

static const struct card_file *
kept_file(size_t kept)
{
	return card_file_find(APP_JPKI, kept_files[kept]);
}

/* Converts a certificate's date to GeneralizedTime. Returns 0, or -1 if the date is malformed. */
static int
format_certificate_date(const struct tlv *date, char text[TIME_MAX])
{
	if (date->len > TIME_MAX - 3)
		return -1;
	snprintf(text, TIME_MAX, "%s%.*s", date->tag == TAG_UTC_TIME ? "20" : "", (int)date->len, (const char *)date->value);
	return strspn(text, "0123456789Z") == strlen(text) ? 0 : -1;
}

/* Sets the date in the names of the cache entries to that of the authentication certificate on the card, so that a
 * renewed certificate gets new entries. The bytes that are read for this contain issuer, serial number and dates, and
 * are also the first half of the proof. */
static int
date_cache_entries(struct sc_pkcs15_card *p15card, struct session *session)
{
	const struct card_file *file = kept_file(KEPT_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	struct tlv date;
	char text[TIME_MAX];

	if (session_openers(session, file) != FREE || load_file(session, file, SHORT_ANSWER_MAX, &loaded) < 0 ||
			x509_certificate_not_before(loaded->content.data, loaded->content.len, &date) < 0 || format_certificate_date(&date, text) < 0)
		return -1;
	free(p15card->tokeninfo->last_update.gtime);
	p15card->tokeninfo->last_update.gtime = strdup(text);
	return p15card->tokeninfo->last_update.gtime == NULL ? -1 : 0;
}

static size_t
certificate_size(const struct x509_certificate *certificate)
{
	return certificate->whole.header + certificate->whole.len;
}

static bool
is_signed_by(const struct x509_certificate *certificate, const struct x509_certificate *issuer)
{
	EVP_PKEY *key = x509_certificate_key(issuer);
	bool is_signed = key != NULL && x509_certificate_signed_by(certificate, key);

	EVP_PKEY_free(key);
	return is_signed;
}

/* Returns true if CA signed CERTIFICATE and itself, and if CERTIFICATE contains the identifiers of both keys. */
static bool
is_certificate_pair(const struct x509_certificate *certificate, const struct x509_certificate *ca)
{
	return x509_certificate_names_keys(certificate, ca) && is_signed_by(certificate, ca) && is_signed_by(ca, ca);
}

/* Finds the key identifiers in a copy of the holder's certificate. */
static bool
find_key_identifiers(const uint8_t *copy, size_t len, const uint8_t **bytes, size_t *bytes_len)
{
	struct x509_certificate certificate;

	return x509_certificate_parse(copy, len, &certificate) == 0 && certificate_size(&certificate) == len &&
	       x509_certificate_key_identifiers(&certificate, bytes, bytes_len) == 0;
}

/* Finds the identifier of its own key in a copy of a CA's certificate, which must contain that key and be signed by it. */
static bool
find_own_key_identifier(const uint8_t *copy, size_t len, const uint8_t **bytes, size_t *bytes_len)
{
	struct x509_certificate certificate;

	return x509_certificate_parse(copy, len, &certificate) == 0 && certificate_size(&certificate) == len &&
	       x509_certificate_names_own_key(&certificate) && is_signed_by(&certificate, &certificate) &&
	       x509_certificate_subject_key(&certificate, bytes, bytes_len) == 0;
}

/* Loads the holder's certificate. Returns true if the copy is the same, which the card may show without giving the whole
 * certificate. */
static bool
is_copy_on_card(struct session *session, const struct x509_certificate *copy)
{
	const struct card_file *file = kept_file(KEPT_CERTIFICATE);
	const struct loaded_file *loaded = NULL;
	size_t size = certificate_size(copy);

	load_offer_copy(session, file, copy->whole.start, size, find_key_identifiers);
	return load_file(session, file, FILE_WHOLE, &loaded) == SC_SUCCESS && loaded->content.len == size &&
	       memcmp(loaded->content.data, copy->whole.start, size) == 0;
}

/* Sets a path of the type from which OpenSC makes a file name. */
static void
set_cache_path(sc_path_t *path, uint16_t file)
{
	object_set_path(path, APP_JPKI, file);
	path->type = SC_PATH_TYPE_PATH;
}

static void
write_copy(struct sc_pkcs15_card *p15card, uint16_t file, const uint8_t *data, size_t len)
{
	sc_path_t path;

	if (!cache_folder_remove(p15card, file))
		return;
	set_cache_path(&path, file);
	(void)sc_pkcs15_cache_file(p15card, &path, data, len);
}

/* Reads both copies from the cache. Returns false if one of them is missing or is not a certificate. */
static bool
read_cached_copies(struct sc_pkcs15_card *p15card, struct copies *copies)
{
	sc_path_t path;
	size_t len;
	size_t i;

	for (i = 0; i < KEPT_COUNT; i++) {
		len = 0;
		set_cache_path(&path, kept_files[i]);
		if (sc_pkcs15_read_cached_file(p15card, &path, &copies->data[i], &len) < 0 ||
				x509_certificate_parse(copies->data[i], len, &copies->certificates[i]) < 0)
			return false;
	}
	return true;
}

/* Offers the copy of the signature CA's certificate. That costs nothing until the certificate is read. */
static void
offer_signature_ca(struct sc_pkcs15_card *p15card, struct session *session)
{
	sc_path_t path;
	u8 *data = NULL;
	size_t len = 0;

	set_cache_path(&path, EF_SIGN_CA_CERTIFICATE);
	if (sc_pkcs15_read_cached_file(p15card, &path, &data, &len) == SC_SUCCESS)
		load_offer_copy(session, card_file_find(APP_JPKI, EF_SIGN_CA_CERTIFICATE), data, len, find_own_key_identifier);
	free(data);
}

static bool
use_cached_pair(struct sc_pkcs15_card *p15card, struct session *session)
{
	struct copies copies = {0};
	const struct x509_certificate *certificate = &copies.certificates[KEPT_CERTIFICATE], *ca = &copies.certificates[KEPT_CA];
	bool good = read_cached_copies(p15card, &copies) && is_certificate_pair(certificate, ca) && is_copy_on_card(session, certificate);
	size_t i;

	if (good)
		load_provided(session, kept_file(KEPT_CA), ca->whole.start, certificate_size(ca));
	for (i = 0; i < KEPT_COUNT; i++)
		free(copies.data[i]);
	return good;
}

/* Parses a certificate that was read from the card completely. Returns false if it is incomplete. */
static bool
parse_loaded_certificate(struct session *session, size_t kept, struct x509_certificate *certificate)
{
	const struct loaded_file *loaded = session_loaded(session, kept_file(kept));

	return loaded != NULL && loaded->whole && x509_certificate_parse(loaded->content.data, loaded->content.len, certificate) == 0;
}

/* Reads both certificates from the card unless they are in memory. Reads the CA's certificate only if the holder's
 * certificate could prove it. If the card is reset in between, the session forgets the holder's certificate, and the
 * function fails. */
static bool
load_pair(struct session *session, struct x509_certificate pair[KEPT_COUNT])
{
	const struct loaded_file *loaded = NULL;
	const uint8_t *identifiers;
	size_t len;

	if (load_file(session, kept_file(KEPT_CERTIFICATE), FILE_WHOLE, &loaded) < 0 || !parse_loaded_certificate(session, KEPT_CERTIFICATE, &pair[KEPT_CERTIFICATE]) ||
			x509_certificate_key_identifiers(&pair[KEPT_CERTIFICATE], &identifiers, &len) < 0 ||
			load_file(session, kept_file(KEPT_CA), FILE_WHOLE, &loaded) < 0)
		return false;
	return parse_loaded_certificate(session, KEPT_CERTIFICATE, &pair[KEPT_CERTIFICATE]) && parse_loaded_certificate(session, KEPT_CA, &pair[KEPT_CA]);
}

/* Writes the certificates to the cache for later connections, if a later connection can prove them. */
static void
cache_pair(struct sc_pkcs15_card *p15card, struct session *session)
{
	struct x509_certificate pair[KEPT_COUNT];
	size_t i;

	if (!load_pair(session, pair) || !is_certificate_pair(&pair[KEPT_CERTIFICATE], &pair[KEPT_CA]))
		return;
	for (i = 0; i < KEPT_COUNT; i++)
		write_copy(p15card, kept_files[i], pair[i].whole.start, certificate_size(&pair[i]));
}

void
cache_use(struct sc_pkcs15_card *p15card, struct session *session)
{
	if (p15card->opts.use_file_cache == SC_PKCS15_OPTS_CACHE_NO_FILES || p15card->tokeninfo->last_update.gtime != NULL)
		return;
	if (date_cache_entries(p15card, session) < 0 || !cache_folder_is_safe(p15card)) {
		p15card->opts.use_file_cache = SC_PKCS15_OPTS_CACHE_NO_FILES;
		return;
	}
	if (!use_cached_pair(p15card, session))
		cache_pair(p15card, session);
	offer_signature_ca(p15card, session);
}

void
cache_keep(struct sc_pkcs15_card *p15card, struct session *session)
{
	const struct loaded_file *loaded = session_loaded(session, card_file_find(APP_JPKI, EF_SIGN_CA_CERTIFICATE));
	bool in_use = p15card->opts.use_file_cache != SC_PKCS15_OPTS_CACHE_NO_FILES && p15card->tokeninfo->last_update.gtime != NULL;
	const uint8_t *identifier;
	size_t len;

	if (!in_use || loaded == NULL || !loaded->whole || loaded->copied || !cache_folder_is_safe(p15card) ||
			!find_own_key_identifier(loaded->content.data, loaded->content.len, &identifier, &len))
		return;
	write_copy(p15card, EF_SIGN_CA_CERTIFICATE, loaded->content.data, loaded->content.len);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* COMPUTE DIGITAL SIGNATURE (80 2A) and INTERNAL AUTHENTICATE. */
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "command.h"
#include "own-openssl.h"

#define SIGNATURE_MAX	 512
#define PKCS1_OVERHEAD	 11
#define DEFAULT_KEY	 0x00 /* P2 */
#define CHALLENGE_MAX	 255
#define AUTHENTICATE_KEY 0x0019 /* used in the common application */

enum form {
	BARE,	     /* PKCS#1 v1.5 padding of the unchanged input */
	DIGEST_INFO, /* of the DigestInfo with a SHA-256 hash */
	PSS	     /* RSASSA-PSS with SHA-256 and a salt as long as the hash */
};

/* All values of P1 were tried on a real card, and only these six were accepted (myna-card). */
static const struct method {
	uint8_t p1;
	enum form form;
	bool hashes; /* the card hashes the input, which is a message */
} methods[] = {
		{0x00, BARE, false},
		{0x01, BARE, true},
		{0x02, DIGEST_INFO, false},
		{0x03, DIGEST_INFO, true},
		{0x04, PSS, false},
		{0x05, PSS, true},
};

static const struct method *
find_method(const struct virtual_card *card, uint8_t p1)
{
	const struct method *method;

	for (method = methods; method < methods + sizeof(methods) / sizeof(methods[0]); method++)
		if (method->p1 == p1)
			return method->form == PSS && vc_variant_has(&card->variant, VC_V_NO_PSS) ? NULL : method;
	return NULL;
}

static bool
prepare(EVP_PKEY_CTX *ctx, enum form form)
{
	if (EVP_PKEY_sign_init(ctx) <= 0)
		return false;
	if (EVP_PKEY_CTX_set_rsa_padding(ctx, form == PSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) <= 0)
		return false;
	if (form != BARE && EVP_PKEY_CTX_set_signature_md(ctx, vc_own_sha256()) <= 0)
		return false;
	return form != PSS || EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) > 0;
}

/* Signs, and appends the signature to the answer. */
static uint16_t
sign(struct virtual_card *card, EVP_PKEY *key, enum form form, const uint8_t *input, size_t len)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(vc_own_openssl(), key, NULL);
	uint8_t signature[SIGNATURE_MAX];
	size_t signature_len = sizeof(signature);
	uint16_t sw = VC_SW_SELF_DIAGNOSIS;

	if (ctx != NULL && prepare(ctx, form) && EVP_PKEY_sign(ctx, signature, &signature_len, input, len) > 0) {
		vc_answer(card, signature, signature_len);
		sw = VC_SW_OK;
	}
	EVP_PKEY_CTX_free(ctx);
	vc_own_openssl_rest();
	return sw;
}

/* Selects the key that P2 names. */
static uint16_t
refer_key(struct virtual_card *card, uint8_t p2)
{
	const struct vc_application *application = vc_application_get(vc_current_app(card));
	const struct vc_item *item;
	uint16_t sw;

	if (p2 == DEFAULT_KEY) {
		if (application->default_key == 0 || !vc_find_file(card, application->default_key, &item))
			return VC_SW_CONDITIONS;
		card->state.card->current_ef = application->default_key;
	} else {
		sw = vc_refer(card, p2, VC_SW_NO_REFERENCE);
		if (sw != VC_SW_OK)
			return sw;
	}
	item = vc_current_item(card);
	return item != NULL && item->kind == VC_KEY ? VC_SW_OK : VC_SW_WRONG_STRUCTURE;
}

/* The common application's key works only with INTERNAL AUTHENTICATE, and all other keys only with 80 2A. */
static bool
authenticates(const struct vc_item *item)
{
	return item->app == VC_COMMON && item->id == AUTHENTICATE_KEY;
}

uint16_t
vc_compute_signature(struct virtual_card *card, const struct vc_apdu *apdu)
{
	const struct method *method = find_method(card, apdu->p1);
	const struct vc_item *item;
	uint8_t hash[VC_SHA256_LEN];
	uint16_t sw;

	if (method == NULL)
		return VC_SW_WRONG_P1P2;
	sw = refer_key(card, apdu->p2);
	if (sw != VC_SW_OK)
		return sw;
	item = vc_current_item(card);
	if (authenticates(item))
		return VC_SW_CONDITIONS;
	if (!vc_may_access(card, item->id))
		return VC_SW_SECURITY_STATUS;
	if (apdu->lc == 0 || apdu->le < (size_t)EVP_PKEY_get_size(item->key))
		return VC_SW_WRONG_LENGTH;
	if (method->hashes) {
		vc_hash(apdu->data, apdu->lc, hash);
		return sign(card, item->key, method->form, hash, sizeof(hash));
	}
	if (method->form != BARE && apdu->lc != VC_SHA256_LEN)
		return VC_SW_WRONG_LENGTH;
	if (apdu->lc > (size_t)EVP_PKEY_get_size(item->key) - PKCS1_OVERHEAD)
		return VC_SW_CONDITIONS;
	return sign(card, item->key, method->form, apdu->data, apdu->lc);
}

uint16_t
vc_internal_authenticate(struct virtual_card *card, const struct vc_apdu *apdu)
{
	const struct vc_item *item;
	uint8_t hash[VC_SHA256_LEN];
	uint16_t sw;

	if (apdu->p1 != 0)
		return VC_SW_WRONG_P1P2;
	sw = vc_refer(card, apdu->p2, VC_SW_NO_REFERENCE);
	if (sw != VC_SW_OK)
		return sw;
	item = vc_current_item(card);
	if (item == NULL || item->kind != VC_KEY)
		return VC_SW_WRONG_STRUCTURE;
	if (!vc_may_access(card, item->id))
		return VC_SW_SECURITY_STATUS;
	if (!authenticates(item))
		return VC_SW_CONDITIONS;
	if (apdu->lc == 0 || apdu->lc > CHALLENGE_MAX || apdu->le < (size_t)EVP_PKEY_get_size(item->key))
		return VC_SW_WRONG_LENGTH;
	vc_hash(apdu->data, apdu->lc, hash);
	return sign(card, item->key, DIGEST_INFO, hash, sizeof(hash));
}

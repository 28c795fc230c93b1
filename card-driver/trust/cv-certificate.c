/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cv-certificate.h"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "crypto.h"
#include "card-driver/content/public-key.h"
#include "card-driver/card/tlv.h"

/* 7F21 { 5F4E { issuer 16, subject 16, 90 exponent, 91 modulus }, 5F37 signature } */
#define TAG_CERTIFICATE 0x7F21
#define TAG_BODY	0x5F4E
#define TAG_SIGNATURE	0x5F37

int
cv_certificate_parse(const uint8_t *data, size_t len, struct cv_certificate *certificate)
{
	struct tlv outer, body, signature;

	*certificate = (struct cv_certificate){0};
	if (ber_read(data, len, &outer) < 0 || outer.tag != TAG_CERTIFICATE ||
			ber_find(outer.value, outer.len, TAG_BODY, &body) < 0 ||
			ber_find(outer.value, outer.len, TAG_SIGNATURE, &signature) < 0 || body.len < 2 * CV_KEY_ID_LEN)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	certificate->issuer = body.value;
	certificate->subject = body.value + CV_KEY_ID_LEN;
	certificate->body = body.value;
	certificate->body_len = body.len;
	certificate->signature = signature.value;
	certificate->signature_len = signature.len;
	return public_key_from_objects(body.value + 2 * CV_KEY_ID_LEN, body.len - 2 * CV_KEY_ID_LEN, &certificate->key);
}

int
cv_certificate_signed_by(const struct cv_certificate *certificate, EVP_PKEY *issuer)
{
	return rsa_signed(issuer, certificate->body, certificate->body_len, certificate->signature, certificate->signature_len);
}

int
rsa_signed(EVP_PKEY *key, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len)
{
	return crypto_verify(key, "SHA256", data, len, signature, signature_len);
}

bool
rsa_opens(EVP_PKEY *key, const uint8_t *signature, size_t signature_len)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	size_t len = sizeof(hash);
	EVP_PKEY_CTX *ctx = crypto_operation(key);
	bool opens;

	ERR_set_mark();
	opens = ctx != NULL && EVP_PKEY_verify_recover_init(ctx) == 1 &&
		EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1 && EVP_PKEY_CTX_set_signature_md(ctx, crypto_sha256()) == 1 &&
		EVP_PKEY_verify_recover(ctx, hash, &len, signature, signature_len) == 1;
	EVP_PKEY_CTX_free(ctx);
	ERR_pop_to_mark();
	return opens;
}

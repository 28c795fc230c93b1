/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cv-certificate.h"

#include "card-driver/base/compat.h"
#include "card-driver/card/tlv.h"
#include "rsa-key.h"

/* 7F21 { 5F4E { issuer 16, subject 16, 90 exponent, 91 modulus }, 5F37 signature } */
#define TAG_CERTIFICATE 0x7F21
#define TAG_BODY	0x5F4E
#define TAG_SIGNATURE	0x5F37

/*@ requires readable(data, len) && \valid(body) && \valid(signature) && \separated(body, signature, data + (0 .. len - 1));
  @ assigns *body, *signature;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> lies_in(body, data, len) && body->len >= 2 * CV_KEY_ID_LEN;
  @ ensures \result == 0 ==> lies_in(signature, data, len); */
static int
find_parts(const uint8_t *data, size_t len, struct tlv *body, struct tlv *signature)
{
	struct tlv outer;

	if (ber_read(data, len, &outer) < 0 || outer.tag != TAG_CERTIFICATE || ber_find(outer.value, outer.len, TAG_BODY, body) < 0 ||
			ber_find(outer.value, outer.len, TAG_SIGNATURE, signature) < 0)
		return -1;
	return body->len < 2 * CV_KEY_ID_LEN ? -1 : 0;
}

int
cv_certificate_parse(const uint8_t *data, size_t len, struct cv_certificate *certificate)
{
	struct tlv body, signature;

	*certificate = (struct cv_certificate){0};
	if (find_parts(data, len, &body, &signature) < 0)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	certificate->issuer = body.value;
	certificate->subject = body.value + CV_KEY_ID_LEN;
	certificate->body = body.value;
	certificate->body_len = body.len;
	certificate->signature = signature.value;
	certificate->signature_len = signature.len;
	return rsa_key_from_objects(body.value + 2 * CV_KEY_ID_LEN, body.len - 2 * CV_KEY_ID_LEN, &certificate->key);
}

int
cv_certificate_signed_by(const struct cv_certificate *certificate, EVP_PKEY *issuer)
{
	return rsa_key_signed(issuer, certificate->body, certificate->body_len, certificate->signature, certificate->signature_len);
}

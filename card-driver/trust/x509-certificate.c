/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "x509-certificate.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "crypto.h"
#include "rsa-key.h"

#define TAG_BOOLEAN	     0x01
#define TAG_INTEGER	     0x02
#define TAG_BIT_STRING	     0x03
#define TAG_OCTET_STRING     0x04
#define TAG_OID		     0x06
#define TAG_UTC_TIME	     0x17
#define TAG_GENERALIZED_TIME 0x18
#define TAG_SEQUENCE	     0x30
#define TAG_KEY_IDENTIFIER   0x80 /* in an authorityKeyIdentifier */
#define TAG_VERSION	     0xA0
#define TAG_EXTENSIONS	     0xA3
#define SHA1_LEN	     20

/* OIDs, as the content of their DER encoding: 2.5.29.14 and .35. */
static const uint8_t oid_subject_key[] = {0x55, 0x1D, 0x0E};
static const uint8_t oid_authority_key[] = {0x55, 0x1D, 0x23};

/* rsaEncryption, 1.2.840.113549.1.1.1. */
static const uint8_t oid_rsa[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01};

/* The comments that begin with @ are proved (make prove). The functions that combine them are not. */

/* Sets CONTENT to the part of the content of the SEQUENCE at DATA that lies within LEN bytes. The end of the SEQUENCE
 * may be missing. */
/*@ requires readable(data, len) && \valid(content) && \separated(content, data + (0 .. len - 1));
  @ assigns *content;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> has_object(content, data, len); */
static int
enter_sequence(const uint8_t *data, size_t len, struct tlv *content)
{
	if (ber_header(data, len, content) < 0 || content->tag != TAG_SEQUENCE)
		return -1;
	if (content->len > len - content->header)
		content->len = len - content->header;
	return 0;
}

/* Sets REST to the content of OBJECT. */
/*@ requires \valid_read(object) && \valid(rest) && \separated(rest, object);
  @ assigns rest->value \from object->value;
  @ assigns rest->len \from object->len;
  @ ensures rest->value == \old(object->value) && rest->len == \old(object->len); */
static void
enter_object(const struct tlv *object, struct tlv *rest)
{
	rest->value = object->value;
	rest->len = object->len;
}

/*@ predicate is_rest_of{Before, After}(struct tlv *rest) = 0 <= \at(rest->len, After) <= \at(rest->len, Before) &&
  @	\at(rest->value, After) == \at(rest->value, Before) + (\at(rest->len, Before) - \at(rest->len, After)); */

/* Reads the next object from REST and advances REST. The object must be complete and have the tag TAG. */
/*@ requires \valid(rest) && \valid(part) && readable(rest->value, rest->len);
  @ requires \separated(rest, part, rest->value + (0 .. rest->len - 1));
  @ assigns *rest, *part;
  @ ensures is_result(\result) && is_rest_of{Pre, Post}(rest);
  @ ensures \result == 0 ==> lies_in(part, \old(rest->value), \old(rest->len)) && rest->len < \old(rest->len); */
static int
take_object(struct tlv *rest, unsigned tag, struct tlv *part)
{
	if (ber_read(rest->value, rest->len, part) < 0 || part->tag != tag)
		return -1;
	rest->value = part->value + part->len;
	rest->len -= part->header + part->len;
	return 0;
}

/*@ requires \valid(rest) && \valid(time) && readable(rest->value, rest->len);
  @ requires \separated(rest, time, rest->value + (0 .. rest->len - 1));
  @ assigns *rest, *time;
  @ ensures is_result(\result) && is_rest_of{Pre, Post}(rest);
  @ ensures \result == 0 ==> lies_in(time, \old(rest->value), \old(rest->len)); */
static int
take_time(struct tlv *rest, struct tlv *time)
{
	return take_object(rest, TAG_UTC_TIME, time) < 0 && take_object(rest, TAG_GENERALIZED_TIME, time) < 0 ? -1 : 0;
}

/* Reads the version (omitted for version 1), serial number, algorithm, issuer and validity. */
static int
take_fields_to_validity(struct tlv *body, struct x509_certificate *certificate)
{
	struct tlv part, validity;

	(void)take_object(body, TAG_VERSION, &part);
	if (take_object(body, TAG_INTEGER, &part) < 0 || take_object(body, TAG_SEQUENCE, &certificate->body_algorithm) < 0 ||
			take_object(body, TAG_SEQUENCE, &certificate->issuer) < 0 || take_object(body, TAG_SEQUENCE, &validity) < 0)
		return -1;
	return take_time(&validity, &certificate->not_before) < 0 || take_time(&validity, &certificate->not_after) < 0 ? -1 : 0;
}

/* Reads the subject, key and extensions. Unique identifiers, which nobody uses, may precede the extensions. A
 * certificate with malformed extensions is treated as one without extensions, because its key can still be used. */
static int
take_fields_from_subject(struct tlv *body, struct x509_certificate *certificate)
{
	struct tlv outer, inner;

	certificate->extensions = (struct tlv){0};
	if (take_object(body, TAG_SEQUENCE, &certificate->subject) < 0 || take_object(body, TAG_SEQUENCE, &certificate->key) < 0)
		return -1;
	if (ber_find(body->value, body->len, TAG_EXTENSIONS, &outer) == 0 && take_object(&outer, TAG_SEQUENCE, &inner) == 0)
		certificate->extensions = inner;
	return 0;
}

int
x509_certificate_parse(const uint8_t *data, size_t len, struct x509_certificate *certificate)
{
	struct tlv rest, body;

	if (ber_read(data, len, &certificate->whole) < 0 || certificate->whole.tag != TAG_SEQUENCE)
		return -1;
	enter_object(&certificate->whole, &rest);
	if (take_object(&rest, TAG_SEQUENCE, &certificate->body) < 0 || take_object(&rest, TAG_SEQUENCE, &certificate->algorithm) < 0 ||
			take_object(&rest, TAG_BIT_STRING, &certificate->signature) < 0 || rest.len != 0)
		return -1;
	enter_object(&certificate->body, &body);
	return take_fields_to_validity(&body, certificate) < 0 ? -1 : take_fields_from_subject(&body, certificate);
}

int
x509_certificate_not_before(const uint8_t *data, size_t len, struct tlv *not_before)
{
	struct x509_certificate certificate;
	struct tlv whole, body;

	if (enter_sequence(data, len, &whole) < 0 || enter_sequence(whole.value, whole.len, &body) < 0 || take_fields_to_validity(&body, &certificate) < 0)
		return -1;
	*not_before = certificate.not_before;
	return 0;
}

/* Finds the content of the BIT STRING in a SubjectPublicKeyInfo. The first byte of a BIT STRING states the number of unused
 * bits, which must be 0. */
/*@ requires \valid_read(certificate) && readable(certificate->key.value, certificate->key.len) && \valid(algorithm) && \valid(bits);
  @ requires \separated(algorithm, bits, certificate, certificate->key.value + (0 .. certificate->key.len - 1));
  @ assigns *algorithm, *bits;
  @ ensures is_result(\result);
  @ ensures \result == 0 ==> lies_in(algorithm, certificate->key.value, certificate->key.len);
  @ ensures \result == 0 ==> value_lies_in(bits, certificate->key.value, certificate->key.len); */
static int
take_key_bits(const struct x509_certificate *certificate, struct tlv *algorithm, struct tlv *bits)
{
	struct tlv rest;

	enter_object(&certificate->key, &rest);
	if (take_object(&rest, TAG_SEQUENCE, algorithm) < 0 || take_object(&rest, TAG_BIT_STRING, bits) < 0 || bits->len < 1 || bits->value[0] != 0)
		return -1;
	bits->value++;
	bits->len--;
	return rest.len == 0 ? 0 : -1;
}

int
x509_certificate_numbers(const struct x509_certificate *certificate, struct rsa_numbers *numbers)
{
	struct tlv algorithm, bits, oid;

	if (take_key_bits(certificate, &algorithm, &bits) < 0 || take_object(&algorithm, TAG_OID, &oid) < 0 ||
			!tlv_has_value(&oid, oid_rsa, sizeof(oid_rsa)))
		return -1;
	return rsa_numbers_from_der(bits.value, bits.len, numbers);
}

/* OpenSSL's decoder, which takes a million instructions, is left to keys that are not of RSA. */
EVP_PKEY *
x509_certificate_key(const struct x509_certificate *certificate)
{
	struct rsa_numbers numbers;

	if (x509_certificate_numbers(certificate, &numbers) == 0)
		return rsa_key_from_numbers(&numbers);
	return crypto_public_key(certificate->key.start, certificate->key.header + certificate->key.len);
}

/* Returns the name of a signature algorithm's digest and sets *KEY_TYPE to the type of key for this algorithm. Returns
 * NULL if the algorithm is unknown or has no such digest. */
static const char *
digest_of(const struct tlv *algorithm, int *key_type)
{
	const unsigned char *der = algorithm->value;
	ASN1_OBJECT *object = d2i_ASN1_OBJECT(NULL, &der, (long)algorithm->len);
	int digest = NID_undef;
	bool known = object != NULL && OBJ_find_sigid_algs(OBJ_obj2nid(object), &digest, key_type) == 1 && digest != NID_undef;

	ASN1_OBJECT_free(object);
	return known ? OBJ_nid2sn(digest) : NULL;
}

static bool
is_signature(const struct x509_certificate *certificate, EVP_PKEY *key)
{
	const struct tlv *body = &certificate->body, *bits = &certificate->signature;
	int key_type = NID_undef;
	const char *digest = digest_of(&certificate->algorithm, &key_type);

	return digest != NULL && EVP_PKEY_get_base_id(key) == key_type &&
	       crypto_verify(key, digest, body->start, body->header + body->len, bits->value + 1, bits->len - 1) == 1;
}

/* Returns true if both names of the signature algorithm are the same (RFC 5280, 4.1.1.2), because only the inner one is
 * signed, and if the first byte of the BIT STRING states that the signature has no unused bits. */
static bool
is_well_formed(const struct x509_certificate *certificate)
{
	const struct tlv *inner = &certificate->body_algorithm, *outer = &certificate->algorithm;

	return certificate->signature.len > 1 && certificate->signature.value[0] == 0 && tlv_has_value(inner, outer->value, outer->len);
}

bool
x509_certificate_signed_by(const struct x509_certificate *certificate, EVP_PKEY *issuer)
{
	bool signed_by;

	ERR_set_mark();
	signed_by = is_well_formed(certificate) && is_signature(certificate, issuer);
	ERR_pop_to_mark();
	return signed_by;
}

/* Reads the next extension from REST and advances REST: the OID, whether the extension is critical (if omitted, it is
 * not), and the value. */
static int
take_extension(struct tlv *rest, struct tlv *oid, struct x509_extension *extension)
{
	struct tlv parts, critical;

	if (take_object(rest, TAG_SEQUENCE, &extension->whole) < 0)
		return -1;
	enter_object(&extension->whole, &parts);
	if (take_object(&parts, TAG_OID, oid) < 0)
		return -1;
	extension->critical = take_object(&parts, TAG_BOOLEAN, &critical) == 0 && critical.len == 1 && critical.value[0] != 0;
	return take_object(&parts, TAG_OCTET_STRING, &extension->value);
}

int
x509_certificate_extension(const struct x509_certificate *certificate, const uint8_t *oid, size_t len, struct x509_extension *extension)
{
	struct tlv rest, name;
	struct x509_extension next;
	unsigned found = 0;

	enter_object(&certificate->extensions, &rest);
	while (rest.len > 0 && take_extension(&rest, &name, &next) == 0)
		if (tlv_has_value(&name, oid, len)) {
			*extension = next;
			found++;
		}
	return found == 1 ? 0 : -1;
}

/* Finds the extensions with the key identifiers of the certificate's own key (OWN) and of its issuer's key (AUTHORITY). */
static int
find_key_identifiers(const struct x509_certificate *certificate, struct x509_extension *own, struct x509_extension *authority)
{
	if (x509_certificate_extension(certificate, oid_subject_key, sizeof(oid_subject_key), own) < 0)
		return -1;
	return x509_certificate_extension(certificate, oid_authority_key, sizeof(oid_authority_key), authority);
}

int
x509_certificate_key_identifiers(const struct x509_certificate *certificate, const uint8_t **start, size_t *len)
{
	struct x509_extension own, authority;
	const struct tlv *first = &own.whole, *last = &authority.whole;

	if (find_key_identifiers(certificate, &own, &authority) < 0)
		return -1;
	if (first->start > last->start) {
		first = &authority.whole;
		last = &own.whole;
	}
	*start = first->start;
	*len = (size_t)(last->value + last->len - first->start);
	return 0;
}

int
x509_certificate_subject_key(const struct x509_certificate *certificate, const uint8_t **start, size_t *len)
{
	struct x509_extension own;

	if (x509_certificate_extension(certificate, oid_subject_key, sizeof(oid_subject_key), &own) < 0)
		return -1;
	*start = own.whole.start;
	*len = own.whole.header + own.whole.len;
	return 0;
}

/* Computes the SHA-1 hash of the content of the BIT STRING in a SubjectPublicKeyInfo. */
static int
hash_key(const struct x509_certificate *certificate, uint8_t hash[SHA1_LEN])
{
	struct tlv algorithm, bits;
	bool hashed;

	if (take_key_bits(certificate, &algorithm, &bits) < 0 || crypto_context() == NULL)
		return -1;
	ERR_set_mark();
	hashed = EVP_Q_digest(crypto_context(), "SHA1", NULL, bits.value, bits.len, hash, NULL) == 1;
	ERR_pop_to_mark();
	return hashed ? 0 : -1;
}

static bool
is_hash_of_key(const struct tlv *identifier, const struct x509_certificate *certificate)
{
	uint8_t hash[SHA1_LEN];

	return identifier->len == sizeof(hash) && hash_key(certificate, hash) == 0 && tlv_has_value(identifier, hash, sizeof(hash));
}

bool
x509_certificate_names_keys(const struct x509_certificate *certificate, const struct x509_certificate *issuer)
{
	struct x509_extension own, authority;
	struct tlv identifiers, of_own, of_issuer;

	if (find_key_identifiers(certificate, &own, &authority) < 0 || take_object(&own.value, TAG_OCTET_STRING, &of_own) < 0 ||
			take_object(&authority.value, TAG_SEQUENCE, &identifiers) < 0 || take_object(&identifiers, TAG_KEY_IDENTIFIER, &of_issuer) < 0)
		return false;
	return is_hash_of_key(&of_own, certificate) && is_hash_of_key(&of_issuer, issuer);
}

bool
x509_certificate_names_own_key(const struct x509_certificate *certificate)
{
	struct x509_extension own;
	struct tlv identifier;

	return x509_certificate_extension(certificate, oid_subject_key, sizeof(oid_subject_key), &own) == 0 &&
	       take_object(&own.value, TAG_OCTET_STRING, &identifier) == 0 && is_hash_of_key(&identifier, certificate);
}

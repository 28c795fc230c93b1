/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parses X.509 certificates (RFC 5280, 4.1) without copying them. OpenSSL's X509 would copy the holder's name and
 * address into memory that it does not clear before freeing it. */
#ifndef MYNUMBER_X509_CERTIFICATE_H
#define MYNUMBER_X509_CERTIFICATE_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "card-driver/card/tlv.h"
#include "rsa-numbers.h"

struct x509_certificate {
	struct tlv whole; /* without the padding that follows */
	struct tlv body;  /* TBSCertificate: the signed part */
	struct tlv body_algorithm;
	struct tlv issuer, subject;	  /* Names */
	struct tlv not_before, not_after; /* UTCTime or GeneralizedTime */
	struct tlv key;			  /* SubjectPublicKeyInfo */
	struct tlv extensions;		  /* SEQUENCE; empty: the certificate has no extensions */
	struct tlv algorithm;
	struct tlv signature; /* BIT STRING */
};

struct x509_extension {
	struct tlv whole; /* its OID included */
	bool critical;
	struct tlv value; /* OCTET STRING: its content is the extension as DER */
};

/* Finds the parts of a certificate; they point into DATA. Returns 0, or -1 if DATA is not a certificate. */
int x509_certificate_parse(const uint8_t *data, size_t len, struct x509_certificate *certificate);

/* Finds the date from which a certificate is valid. DATA may contain only the first bytes of the certificate. Returns 0,
 * or -1 if the date is not found. */
int x509_certificate_not_before(const uint8_t *data, size_t len, struct tlv *not_before);

/* Finds the numbers of the certificate's RSA key, without OpenSSL. Returns 0, or -1 if the key is not one of RSA. */
int x509_certificate_numbers(const struct x509_certificate *certificate, struct rsa_numbers *numbers);

/* Returns the certificate's public key, which the caller frees. Returns NULL if OpenSSL does not support the key or
 * memory allocation fails. */
EVP_PKEY *x509_certificate_key(const struct x509_certificate *certificate);

/* Returns true if the certificate's signature was made by the issuer's key, with an algorithm that names a digest. */
bool x509_certificate_signed_by(const struct x509_certificate *certificate, EVP_PKEY *issuer);

/* Finds the extension with the OID of LEN bytes, which is given as the content of its DER encoding. Returns 0, or -1 if
 * the extension is missing, occurs twice, or is malformed. */
int x509_certificate_extension(const struct x509_certificate *certificate, const uint8_t *oid, size_t len, struct x509_extension *extension);

/* Finds the range of bytes in a certificate that contains both its authorityKeyIdentifier and its subjectKeyIdentifier.
 * Returns 0, or -1 if one of them is missing. */
int x509_certificate_key_identifiers(const struct x509_certificate *certificate, const uint8_t **start, size_t *len);

/* Finds the range of bytes with the subjectKeyIdentifier. Returns 0, or -1 if it is missing. */
int x509_certificate_subject_key(const struct x509_certificate *certificate, const uint8_t **start, size_t *len);

/* Returns true if the subjectKeyIdentifier is the SHA-1 hash of the certificate's own public key. */
bool x509_certificate_names_own_key(const struct x509_certificate *certificate);

/* Returns true if these identifiers are the SHA-1 hashes of the issuer's public key and of the certificate's own public
 * key (RFC 5280, 4.2.1.2, method 1). Nobody can create another key with the same hash. */
bool x509_certificate_names_keys(const struct x509_certificate *certificate, const struct x509_certificate *issuer);

#endif

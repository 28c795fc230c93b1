/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates (RFC 5280, 4.1) as parts of the bytes that they were read from. OpenSSL's X509 would copy the holder's
 * name and address into memory that it frees as it is. */
#ifndef MYNUMBER_X509_CERTIFICATE_H
#define MYNUMBER_X509_CERTIFICATE_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "card-driver/card/tlv.h"

struct x509_certificate {
	struct tlv whole; /* without the padding behind it */
	struct tlv body;  /* TBSCertificate: what is signed */
	struct tlv body_algorithm;
	struct tlv issuer, subject;	  /* Names */
	struct tlv not_before, not_after; /* UTCTime or GeneralizedTime */
	struct tlv key;			  /* SubjectPublicKeyInfo */
	struct tlv extensions;		  /* SEQUENCE; empty: there are none */
	struct tlv algorithm;
	struct tlv signature; /* BIT STRING */
};

struct x509_extension {
	struct tlv whole; /* its OID included */
	bool critical;
	struct tlv value; /* OCTET STRING: its content is the extension as DER */
};

/* Finds the parts, which stay in DATA. 0, or -1: not a certificate. */
int x509_certificate_parse(const uint8_t *data, size_t len, struct x509_certificate *certificate);

/* The date from which a certificate is valid, of which DATA may be the first bytes only. 0, or -1. */
int x509_certificate_not_before(const uint8_t *data, size_t len, struct tlv *not_before);

/* The certificate's public key. The caller frees it. NULL: none that OpenSSL knows, or no memory. */
EVP_PKEY *x509_certificate_key(const struct x509_certificate *certificate);

/* True if the certificate's signature is one by the issuer's key, with an algorithm that names a digest. */
bool x509_certificate_signed_by(const struct x509_certificate *certificate, EVP_PKEY *issuer);

/* Finds the extension of an OID, given as the content of its DER. 0, or -1: not there, there twice, or
 * not well-formed. */
int x509_certificate_extension(const struct x509_certificate *certificate, const uint8_t *oid, size_t len, struct x509_extension *extension);

/* Finds the bytes of a certificate that hold both its authorityKeyIdentifier and its subjectKeyIdentifier, with what stands
 * between. 0, or -1: one is not there. */
int x509_certificate_key_identifiers(const struct x509_certificate *certificate, const uint8_t **start, size_t *len);

/* True if these identifiers are the SHA-1 hashes of the issuer's public key and of its own (RFC 5280, 4.2.1.2, method 1):
 * nobody can make another key of the same hash. */
bool x509_certificate_names_keys(const struct x509_certificate *certificate, const struct x509_certificate *issuer);

#endif

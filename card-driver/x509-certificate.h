/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates (RFC 5280, 4.1) as parts of the bytes that they were read from. OpenSSL's X509 would copy the holder's
 * name and address into memory that it frees as it is. */
#ifndef MYNUMBER_X509_CERTIFICATE_H
#define MYNUMBER_X509_CERTIFICATE_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "records.h"

struct x509_certificate {
	struct tlv whole; /* without the padding behind it */
	struct tlv body;  /* TBSCertificate: what is signed */
	struct tlv body_algorithm;
	struct tlv not_before, not_after; /* UTCTime or GeneralizedTime */
	struct tlv key;			  /* SubjectPublicKeyInfo */
	struct tlv algorithm;
	struct tlv signature; /* BIT STRING */
};

/* Finds the parts, which stay in DATA. 0, or -1: not a certificate. */
int x509_certificate_parse(const uint8_t *data, size_t len, struct x509_certificate *certificate);

/* The date from which a certificate is valid, of which DATA may be the first bytes only. 0, or -1. */
int x509_certificate_not_before(const uint8_t *data, size_t len, struct tlv *not_before);

/* The certificate's public key. The caller frees it. NULL: none that OpenSSL knows, or no memory. */
EVP_PKEY *x509_certificate_key(const struct x509_certificate *certificate);

/* True if the certificate's signature is one by the issuer's key, with an algorithm that names a digest. */
bool x509_certificate_signed_by(const struct x509_certificate *certificate, EVP_PKEY *issuer);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks what a JPKI certificate claims to be for, because a certificate with a valid signature may still be stored in
 * the wrong place. The expected properties are those of docs/card.md 8. All findings are static. */
#ifndef MYNUMBER_CERTIFICATE_ROLE_H
#define MYNUMBER_CERTIFICATE_ROLE_H

#include "crypto.h"
#include "finding.h"
#include "x509-certificate.h"

enum certificate_role {
	ROLE_AUTHENTICATION, /* 利用者証明用 */
	ROLE_SIGNATURE	     /* 署名用 */
};

/* Checks key usage, policy and basic constraints of a holder's certificate. */
const struct finding *certificate_role_purpose(const struct x509_certificate *certificate, enum certificate_role role);

/* Checks that the issuer of a holder's certificate is the subject of the CA's certificate, and that this CA is one for
 * the role. */
const struct finding *certificate_role_issuer(const struct x509_certificate *certificate, const struct x509_certificate *ca, enum certificate_role role);

/* Checks that a certificate is one of a CA and is signed by its own key. */
const struct finding *certificate_role_authority(const struct x509_certificate *ca);

/* Returns true if HASH, the SHA-256 hash of a CA's certificate, is a fingerprint that J-LIS publishes for the role.
 * Returns false for published fingerprints that this file does not contain. */
bool certificate_role_published(const uint8_t hash[SHA256_LEN], enum certificate_role role);

#endif

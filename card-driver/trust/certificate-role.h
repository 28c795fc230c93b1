/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a JPKI certificate is for, by its own words: a certificate that is well signed may still be in the wrong place. The
 * forms are those of docs/card.md 8. Findings are static. */
#ifndef MYNUMBER_CERTIFICATE_ROLE_H
#define MYNUMBER_CERTIFICATE_ROLE_H

#include "crypto.h"
#include "finding.h"
#include "x509-certificate.h"

enum certificate_role {
	ROLE_AUTHENTICATION, /* 利用者証明用 */
	ROLE_SIGNATURE	     /* 署名用 */
};

/* Key usage, policy and basic constraints of a holder's certificate. */
const struct finding *certificate_role_purpose(const struct x509_certificate *certificate, enum certificate_role role);

/* The issuer that a holder's certificate names: the subject of the CA's certificate, and a CA for this role. */
const struct finding *certificate_role_issuer(const struct x509_certificate *certificate, const struct x509_certificate *ca, enum certificate_role role);

/* Whether a certificate is one of a CA, signed by its own key. */
const struct finding *certificate_role_authority(const struct x509_certificate *ca);

/* True if HASH, of a CA's certificate by SHA-256, is a fingerprint that J-LIS publishes for that role. False also where the
 * published one is not known here. */
bool certificate_role_published(const uint8_t hash[SHA256_LEN], enum certificate_role role);

#endif

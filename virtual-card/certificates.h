/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates shaped and sized like those of JPKI (docs/card.md). */
#ifndef VIRTUAL_CARD_CERTIFICATES_H
#define VIRTUAL_CARD_CERTIFICATES_H

#include "bytes.h"
#include "persona.h"
#include "variant.h"

enum certificate_kind {
	CERTIFICATE_AUTH,
	CERTIFICATE_SIGN,
	CERTIFICATE_AUTH_CA,
	CERTIFICATE_SIGN_CA
};

/* All give the certificate as DER, with RENEWED the holder's next one, of another key. The caller frees it. The first only
 * makes it; the second also writes it to DIR/certificates; the third does that only if it is not there: a program that uses the card
 * in process may have told OpenSSL to sign by other means, where X509_sign() fails. */
struct bytes certificate_build(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);
struct bytes certificate_make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);
struct bytes certificate_get(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);

/* Makes the false certificate that a variant has in place of this one; the caller frees *DER. False: the variant has none. */
bool certificate_build_false(const char *dir, const struct persona *persona, enum certificate_kind kind, const struct vc_variant *variant, struct bytes *der);

#endif

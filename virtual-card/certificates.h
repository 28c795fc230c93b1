/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates with the form and size of JPKI's (docs/card.md). */
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

/* These functions return a certificate as DER, which the caller frees. With RENEWED it is the holder's next certificate, for
 * another key. certificate_build() only makes it. certificate_make() also writes it to DIR/certificates. certificate_get() does
 * that only if the file is missing, because a program that uses the card in process may have set up OpenSSL to sign by other
 * means, where X509_sign() fails. */
struct bytes certificate_build(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);
struct bytes certificate_make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);
struct bytes certificate_get(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);

/* Makes the false certificate that the variant has instead of this one; the caller frees *DER. Returns false if the variant
 * has none. */
bool certificate_build_false(const char *dir, const struct persona *persona, enum certificate_kind kind, const struct vc_variant *variant, struct bytes *der);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* X.509 certificates shaped and sized like those of JPKI (card-facts 5). */
#ifndef VIRTUAL_CARD_CERTIFICATES_H
#define VIRTUAL_CARD_CERTIFICATES_H

#include "bytes.h"
#include "persona.h"

enum certificate_kind {
	CERTIFICATE_AUTH,
	CERTIFICATE_SIGN,
	CERTIFICATE_AUTH_CA,
	CERTIFICATE_SIGN_CA
};

/* The certificate as DER; with RENEWED the holder's next one, of another key. The caller frees it. */
struct bytes certificate_make(const char *dir, const struct persona *persona, enum certificate_kind kind, bool renewed);

#endif

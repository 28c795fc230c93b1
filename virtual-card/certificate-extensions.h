/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names and extensions in JPKI's certificates (docs/card.md). If something cannot be added, the program ends with a
 * message. */
#ifndef VIRTUAL_CARD_CERTIFICATE_EXTENSIONS_H
#define VIRTUAL_CARD_CERTIFICATE_EXTENSIONS_H

#include <stddef.h>

#include <openssl/x509.h>

#include "persona.h"

/* Ends the program if DONE, the result of an OpenSSL call, does not mean success. */
void certificate_must(int done, const char *what);

/* Adds "FIELD=value" to a name. */
void certificate_name_add(X509_NAME *name, const char *part);

/* Adds an extension, which is given in OpenSSL's notation; none if VALUE is NULL. */
void extension_add(X509 *certificate, X509 *issuer, int nid, const char *value);

/* Adds a policy with the address of its statement; none if OID is NULL. */
void extension_add_policy(X509 *certificate, const char *oid);

/* Adds an alternative name. Its parts "FIELD=value" end with NULL. */
void extension_add_alternative(X509 *certificate, int nid, const char *const *parts);

/* Adds the holder's name, birth date, sex and address. */
void extension_add_four_data(X509 *certificate, const struct persona *persona);

/* These add the address of the revocation service, followed by PADDING letters. */
void extension_add_distribution_point(X509 *certificate, size_t padding);
void extension_add_ocsp(X509 *certificate, const char *address, size_t padding);

#endif

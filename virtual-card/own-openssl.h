/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A context of OpenSSL of the card's own: the program that uses the card in process may have told OpenSSL to sign by a provider
 * that asks this very card. */
#ifndef VIRTUAL_CARD_OWN_OPENSSL_H
#define VIRTUAL_CARD_OWN_OPENSSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#define VC_SHA256_LEN 32

/* The context, and SHA-256 of it. The program ends with a message if they cannot be made. */
OSSL_LIB_CTX *vc_own_openssl(void);
const EVP_MD *vc_own_sha256(void);

/* The hash of LEN bytes, and LEN random bytes. Both end the program if OpenSSL fails. */
void vc_hash(const void *data, size_t len, uint8_t hash[VC_SHA256_LEN]);
void vc_random(uint8_t *data, size_t len);

/* Frees what OpenSSL keeps for this thread after it has signed or made random bytes: when the thread ends, the context may be
 * gone. */
void vc_own_openssl_rest(void);

#endif

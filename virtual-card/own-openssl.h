/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card has its own OpenSSL context, because a program that uses the card in process may have set up OpenSSL to sign with
 * a provider that calls this very card. */
#ifndef VIRTUAL_CARD_OWN_OPENSSL_H
#define VIRTUAL_CARD_OWN_OPENSSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#define VC_SHA256_LEN 32

/* The context, and SHA-256 from it. The program ends with a message if they cannot be created. */
OSSL_LIB_CTX *vc_own_openssl(void);
const EVP_MD *vc_own_sha256(void);

/* The first function hashes LEN bytes, and the second makes LEN random bytes. Both end the program if OpenSSL fails. */
void vc_hash(const void *data, size_t len, uint8_t hash[VC_SHA256_LEN]);
void vc_random(uint8_t *data, size_t len);

/* Frees what OpenSSL keeps for this thread after signing or making random bytes, because the context may no longer exist
 * when the thread ends. */
void vc_own_openssl_rest(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cryptography of the module's own. The program that loads the module may have told OpenSSL to do all cryptography by a
 * provider that calls this very module (pkcs11-provider): in the program's context a call would wait for itself. Nothing
 * here leaves errors in the program's error queue. */
#ifndef MYNUMBER_CRYPTO_H
#define MYNUMBER_CRYPTO_H

#include "card-driver/base/compat.h"

#include <openssl/evp.h>

#define SHA256_LEN 32

/* The context that every call of OpenSSL which takes one is given. NULL: no memory; the next call tries again. NULL means
 * the program's context to OpenSSL, so that the caller checks. Freed when the module is unloaded. */
OSSL_LIB_CTX *crypto_context(void);

/* SHA-256 of crypto_context(). NULL: no memory. */
const EVP_MD *crypto_sha256(void);

/* LEN random bytes. SC_SUCCESS or SC_ERROR_INTERNAL. */
int crypto_random(uint8_t *buf, size_t len);

/* The SHA-256 hash of LEN bytes. SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY. */
int crypto_hash(const void *data, size_t len, uint8_t out[SHA256_LEN]);

/* Starts a hash by SHA-256 of what EVP_DigestUpdate() adds. The caller frees it. NULL: no memory. */
EVP_MD_CTX *crypto_hash_start(void);

/* The public key of a SubjectPublicKeyInfo (RFC 5280, 4.1). The caller frees it. NULL: none that OpenSSL knows, or no memory. */
EVP_PKEY *crypto_public_key(const uint8_t *der, size_t len);

/* For one operation with KEY, which is of crypto_context(). The caller frees it. NULL: no memory. */
EVP_PKEY_CTX *crypto_operation(EVP_PKEY *key);

/* Whether SIGNATURE is KEY's of DATA, hashed by the digest of that name. 1: yes, 0: no; less: OpenSSL could not tell. */
int crypto_verify(EVP_PKEY *key, const char *digest, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len);

#endif

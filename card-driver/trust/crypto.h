/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Provides cryptography that is independent of the program. The program that loads the module may have configured
 * OpenSSL to use a provider that calls this module (pkcs11-provider); a call in the program's context would then wait
 * for itself. These functions leave no errors in the program's error queue. */
#ifndef MYNUMBER_CRYPTO_H
#define MYNUMBER_CRYPTO_H

#include "card-driver/base/compat.h"

#include <openssl/evp.h>

#define SHA256_LEN 32

/* Returns the context for all calls of OpenSSL that take one. Returns NULL if memory allocation fails; the next call
 * tries again. The caller must check for NULL, because OpenSSL would use the program's context instead. The context is
 * freed when the module is unloaded. */
OSSL_LIB_CTX *crypto_context(void);

/* Returns SHA-256 from crypto_context(), or NULL if memory allocation fails. */
const EVP_MD *crypto_sha256(void);

/* Writes LEN random bytes to BUF. Returns SC_SUCCESS or SC_ERROR_INTERNAL. */
int crypto_random(uint8_t *buf, size_t len);

/* Computes the SHA-256 hash of LEN bytes. Returns SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY. */
int crypto_hash(const void *data, size_t len, uint8_t out[SHA256_LEN]);

/* Starts a SHA-256 hash of the data that EVP_DigestUpdate() adds. The caller frees the result. Returns NULL if memory
 * allocation fails. */
EVP_MD_CTX *crypto_hash_start(void);

/* Decodes the public key of a SubjectPublicKeyInfo (RFC 5280, 4.1). The caller frees the key. Returns NULL if OpenSSL
 * does not support the key or memory allocation fails. */
EVP_PKEY *crypto_public_key(const uint8_t *der, size_t len);

/* Creates the context for one operation with KEY, which must be from crypto_context(). The caller frees it. Returns NULL
 * if memory allocation fails. */
EVP_PKEY_CTX *crypto_operation(EVP_PKEY *key);

/* Verifies that KEY made SIGNATURE over DATA, hashed with the digest named DIGEST. Returns 1 if the signature is valid,
 * 0 if it is not, and a negative value if OpenSSL could not verify it. */
int crypto_verify(EVP_PKEY *key, const char *digest, const uint8_t *data, size_t len, const uint8_t *signature, size_t signature_len);

#endif

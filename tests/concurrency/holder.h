/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The holder of a card, from the files in the card's folder: the values that programs must read, and the keys that verify
 * signatures. */
#ifndef CONCURRENCY_HOLDER_H
#define CONCURRENCY_HOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include <openssl/evp.h>

#define VALUE_MAX 3072
#define WORD_MAX  32

struct value {
	unsigned char bytes[VALUE_MAX];
	size_t len;
};

enum certificate {
	CERTIFICATE_AUTH,
	CERTIFICATE_SIGN,
	CERTIFICATE_AUTH_CA,
	CERTIFICATE_SIGN_CA,
	CERTIFICATE_COUNT
};

struct holder {
	char serial[WORD_MAX], auth_pin[WORD_MAX], sign_pin[WORD_MAX], text_pin[WORD_MAX]; /* written as in persona.ini */
	struct value certificates[CERTIFICATE_COUNT];
	EVP_PKEY *keys[CERTIFICATE_COUNT]; /* public keys */
	struct value name, address, card_number;
};

/* Reads the folder DIR of a card. Ends the program on failure. */
void holder_load(struct holder *holder, const char *dir);

/* Frees the keys. */
void holder_unload(struct holder *holder);

/* True if the bytes equal the value and have its length. */
bool value_is(const struct value *value, const void *bytes, size_t len);

/* True if OpenSSL accepts the PKCS#1 v1.5 signature with SHA-256 over DATA as made by the key of CERTIFICATE. */
bool holder_signed(const struct holder *holder, enum certificate certificate, const void *data, size_t len, const unsigned char *signature, size_t signature_len);

/* Prints a message, formatted as by printf, for the log of the test, and ends the program. */
void give_up(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds cards with a driving licence, finds the objects of its records, and verifies their signature with OpenSSL and the
 * exported key alone. */
#ifndef TESTS_UNIT_LICENCE_CONTENT_H
#define TESTS_UNIT_LICENCE_CONTENT_H

#include <openssl/evp.h>

#include "virtual-card/content.h"

#define BEFORE_PHOTO   253 /* bytes of the example record before the photo */
#define PHOTO_HEAD     5   /* 01 07 82 hh ll */
#define SIGNATURE_HEAD 5   /* 01 08 82 01 00 */
#define SIGNATURE_LEN  256
#define KEY_ID_LEN     32

/* An object of a record: its tag (one byte, or two if the first is below 20), and its value. */
struct object {
	unsigned tag;
	size_t len;
	const uint8_t *value;
};

/* Builds the content of a card with VARIANTS, and frees it after a test. */
void build(const char *variants);
int free_content(void **state);

/* A file of the licence application. */
const struct vc_item *file(uint16_t id);

/* Converts HEX to bytes, and returns how many they are. */
size_t unhex(const char *hex, uint8_t *bytes);

/* The length of the record up to the end of its photo, which begins where that of the example begins. */
size_t record_len(const struct vc_item *record);

/* Reads the exported key: identifier and modulus in hex behind a comment. The caller frees it. */
EVP_PKEY *trusted_key(uint8_t id[KEY_ID_LEN]);

/* True if the signature in EF 001C is that of the first LEN bytes of EF 001B. */
bool signature_covers(size_t len);

/* Reads the object at AT, and returns where the next one begins. An object that leaves the file fails the test. */
size_t next_object(const struct vc_item *file, size_t at, struct object *object);

/* Finds an object of EF 001B or 001C; one that is not there fails the test. */
struct object object(uint16_t id, unsigned tag);

/* Compares the value of an object of EF 001B. */
void assert_value(unsigned tag, const char *hex);

#endif

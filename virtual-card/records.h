/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The records of the applications, with the same bytes as on cards (docs/card.md). */
#ifndef VIRTUAL_CARD_RECORDS_H
#define VIRTUAL_CARD_RECORDS_H

#include <openssl/evp.h>

#include "bytes.h"
#include "persona.h"

/* The form of lengths: the shortest form, 82 hh ll in the outermost object only, or 82 hh ll everywhere. All three occur on
 * cards. */
enum length_form {
	SHORT_LENGTHS,
	OUTER_LENGTH_LONG,
	ALL_LENGTHS_LONG
};

/* Text application, EF 0002: name, address, birth date and sex with their offset table. FURIGANA: an additional object
 * behind them, whose tag is invented; NULL: none. */
struct bytes record_four_data(const struct persona *persona, const char *furigana, enum length_form form);

/* Text application, EF 0001: the My Number and two bytes FF. */
struct bytes record_number(const char *my_number);

/* Text application, EF 0003: the signed hashes of NUMBER and FOUR_DATA. */
struct bytes record_integrity(const struct bytes *number, const struct bytes *four_data, EVP_PKEY *signer);

/* Builds OUTER { an object TAG with VALUE; the public key as TAG + 1 if CARD_KEY is given; the signature }. Used for the
 * text card key record, the age record and the My Number image. */
struct bytes record_signed(unsigned outer, unsigned tag, const struct bytes *value, EVP_PKEY *card_key, EVP_PKEY *signer);

/* Surface application, EF 0002. IMAGES: name, address, photo, security code. */
struct bytes record_face(const struct persona *persona, const struct bytes images[4], EVP_PKEY *card_key, EVP_PKEY *signer);

/* The CV certificate of SUBJECT's key, signed by CA. Ids have seven digits. */
struct bytes record_cv_certificate(const char *issuer_id, const char *subject_id, EVP_PKEY *subject, EVP_PKEY *ca);

/* Writes the 16 bytes of a key id: seven digits, 08 05, "001", padding. */
void record_key_id(uint8_t id[16], const char *digits);

/* JPKI, EF 0006: 160 bytes that contain this label. */
struct bytes record_token_info(const char *label);

/* Common application, EF 0001: the card number record. */
struct bytes record_card_number(const struct persona *persona);

/* Application information of the text (FF40) and surface (FF30) applications. */
struct bytes record_text_info(const char *key_id, bool long_form);
struct bytes record_surface_info(const char *key_id, const char *municipality);

#endif

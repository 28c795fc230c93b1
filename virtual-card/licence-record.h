/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The records of the driving licence application (docs/card.md, section 11). They are lists of objects in ascending order of
 * their tags, which are one byte up to FF and two bytes from 0100. This is not BER.
 */
#ifndef VIRTUAL_CARD_LICENCE_RECORD_H
#define VIRTUAL_CARD_LICENCE_RECORD_H

#include <stdbool.h>

#include "bytes.h"

/* Tags of EF 001B. */
enum licence_tag {
	LICENCE_HISTORY_DATE = 0xC2,
	LICENCE_HISTORY_CATEGORY = 0xC3,
	LICENCE_COLOUR = 0xC4,
	LICENCE_EXPIRY = 0xC5,
	LICENCE_CONDITION_1 = 0xC6, /* four conditions, two images, eight more conditions */
	LICENCE_IMAGE_1 = 0xCA,
	LICENCE_CONDITION_5 = 0xCC,
	LICENCE_IMAGE_3 = 0xD4,
	LICENCE_REMARK_1 = 0xD7,
	LICENCE_SPARE_1 = 0xDF,
	LICENCE_NUMBER = 0xE7,
	LICENCE_HISTORY_NUMBER = 0xE8,
	LICENCE_TWO_WHEEL_DATE = 0xE9,
	LICENCE_OTHER_DATE = 0xEA,
	LICENCE_SECOND_CLASS_DATE = 0xEB,
	LICENCE_CLASS_FIRST = 0xEC,
	LICENCE_CLASS_LAST = 0xFA,
	LICENCE_RESERVED_1 = 0xFB,
	LICENCE_PHOTO = 0x0107,
	/* of EF 001C */
	LICENCE_SIGNATURE = 0x0108,
	LICENCE_SIGNER_SERIAL = 0x0109,
	LICENCE_SIGNER_RESERVED = 0x010A,
	LICENCE_ISSUER = 0x010B,
	LICENCE_SUBJECT = 0x010C,
	LICENCE_KEY_ID = 0x010D
};

#define LICENCE_FIRST_TAG    LICENCE_HISTORY_DATE
#define LICENCE_TAG_COUNT    (LICENCE_KEY_ID + 1 - LICENCE_FIRST_TAG)
#define LICENCE_CONDITIONS   12
#define LICENCE_REMARKS	     8
#define LICENCE_RECORD_EF    5845 /* size of EF 001B */
#define LICENCE_SIGNATURE_EF 584  /* size of EF 001C */

/* The values of both records; a value that is not set is an object of length 0. */
struct licence_record {
	struct bytes values[LICENCE_TAG_COUNT];
};

/* The value of an object. */
struct bytes *licence_value(struct licence_record *record, unsigned tag);

/* The tag of a condition; NUMBER counts from 0. */
unsigned licence_condition_tag(unsigned number);

/* The greatest length of an object. */
size_t licence_maximum(unsigned tag);

/* These append to a value: a text in JIS X 0208, a date YYYYMMDD as EYYMMDD with the digit of its era (an empty one as
 * nothing). A text that JIS X 0208 lacks ends the program. */
void licence_add_text(struct licence_record *record, unsigned tag, const char *utf8);
void licence_add_date(struct licence_record *record, unsigned tag, const char *date);

/* Builds the objects from FIRST to LAST. With LONG_FORM a length up to FF is written as 81 hh. */
struct bytes licence_encode(const struct licence_record *record, unsigned first, unsigned last, bool long_form);

void licence_record_free(struct licence_record *record);

#endif

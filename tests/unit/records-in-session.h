/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Puts the virtual card's records into a session of the driver, as if they had just been read with all PINs verified, for
 * tests that change records. An exchange with the card fails the test. Link it into one test program only.
 */
#ifndef TESTS_RECORDS_IN_SESSION_H
#define TESTS_RECORDS_IN_SESSION_H

#include "card-driver/content/authentic.h"
#include "card-driver/content/fields.h"
#include "virtual-card/variant.h"

#define FIELDS_MAX 8
#define FILE_MAX   32768

/* A file of the card and the values that depend on it; a field with id 0 ends the list. */
struct record {
	enum app_id app;
	uint16_t file;
	enum vc_app where;
	uint16_t fields[FIELDS_MAX];
};

#define RECORDS_COUNT 9

extern const struct record text_number, text_four_data, text_integrity, text_key, text_certificate;
extern const struct record age, face, number_image, surface_certificate;
extern const struct record *const records[RECORDS_COUNT];

/* cmocka setup and teardown: open a session with all of the card's records, and end it. */
int records_setup(void **state);
int records_teardown(void **state);

/* The settings of the session. */
struct settings *records_settings(void);

/* The unchanged record without padding (except the My Number record, whose padding is signed). Returns its length; DATA
 * points to its bytes. */
size_t record_original(const struct record *record, const uint8_t **data);

/* The number of bytes in the tag and length of the outermost object. */
size_t record_header_len(const struct record *record);

/* The N-th entry of the offset table at the start of EF 0002 in both applications: FFxx length DF21 length entries. */
size_t record_table_offset(const struct record *record, size_t n);

/* Replaces the record by LEN bytes of DATA, or restores the original. Both forget all verdicts on signatures. */
void record_put(const struct record *record, const uint8_t *data, size_t len);
void record_put_original(const struct record *record);

/* The value of a field; the caller calls secret_clear(). No data means that the driver refused the value. */
struct secret record_value(enum app_id app, uint16_t field);

/* The driver's finding on the record, or on the signer if the record is the signer's certificate. */
struct finding record_finding(const struct record *record);

#endif

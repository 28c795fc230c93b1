/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The virtual card's records in a session of the driver, as if they had just been read and all PINs verified: for tests that
 * change them. An exchange with the card fails the test. For one test program.
 */
#ifndef TESTS_RECORDS_IN_SESSION_H
#define TESTS_RECORDS_IN_SESSION_H

#include "card-driver/content/authentic.h"
#include "card-driver/content/fields.h"
#include "virtual-card/variant.h"

#define FIELDS_MAX 8
#define FILE_MAX   32768

/* A file of the card, and the values that depend on it; a field of id 0 ends the list. */
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

/* cmocka's: a session with all records, as they are on the card; its end. */
int records_setup(void **state);
int records_teardown(void **state);

/* The session's settings. */
struct settings *records_settings(void);

/* The record as the card has it, without padding (that of the number's record is part of what is signed). Its bytes. */
size_t record_original(const struct record *record, const uint8_t **data);

/* Bytes of tag and length of the outermost object. */
size_t record_header_len(const struct record *record);

/* The N-th entry of the offset table with which EF 0002 of both applications begins: FFxx length DF21 length entries. */
size_t record_table_offset(const struct record *record, size_t n);

/* From now on the card's record is LEN bytes of DATA, or what it was. Nothing has been judged yet. */
void record_put(const struct record *record, const uint8_t *data, size_t len);
void record_put_original(const struct record *record);

/* The value of a field, for secret_clear(); no data: it is refused. */
struct secret record_value(enum app_id app, uint16_t field);

/* What the driver finds of the record, or of the signer where the record is his certificate. */
struct finding record_finding(const struct record *record);

#endif

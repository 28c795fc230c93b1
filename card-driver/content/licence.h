/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decodes the values of the licence record, each one on its own: a malformed object makes only its value unavailable. */
#ifndef MYNUMBER_LICENCE_H
#define MYNUMBER_LICENCE_H

#include "card-driver/base/compat.h"
#include "card-driver/base/secret.h"
#include "card-driver/card/field-map.h"

struct session;

/* Decodes a value of a record of LEN bytes. FIELD is its id (field-map.h). Returns the same values as licence_read_field(). */
int licence_decode(sc_context_t *ctx, uint16_t field, const uint8_t *record, size_t len, struct secret *value);

/* Reads a value as text in UTF-8, dates as YYYYMMDD, lists with one entry in each line, or the photo as it is stored.
 * Returns SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND if the licence does not have the value, SC_ERROR_UNKNOWN_DATA_RECEIVED if it
 * cannot be decoded, or another SC_ERROR_*. */
int licence_read_field(struct session *session, const struct card_field *field, struct secret *value);

#endif

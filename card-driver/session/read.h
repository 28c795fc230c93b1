/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends READ BINARY and READ RECORD to the selected application. The comments that begin with @ are proved (make prove). */
#ifndef MYNUMBER_READ_H
#define MYNUMBER_READ_H

#include "session.h"

/* Returns false if this card was found not to support short EF identifiers. */
bool read_has_sfi(const struct session *session);

/*@ predicate is_readable_session(struct session *session) = \valid_read(session) && \valid_read(session->card) &&
  @	\valid_read(session->card->reader); */

/* Returns how many bytes one READ BINARY may request: 256, or more if the reader reports support for extended length. */
/*@ requires is_readable_session(session);
  @ assigns \nothing;
  @ ensures \result <= EXTENDED_ANSWER_MAX; */
size_t read_answer_max(const struct session *session);

/* Returns how many bytes the first READ of a file of unknown size may request: most cards give up to 256 bytes. */
/*@ requires is_readable_session(session);
  @ assigns \nothing;
  @ ensures 1 <= \result <= SHORT_ANSWER_MAX; */
size_t read_first_length(const struct session *session);

/* Reads up to LEN (at most read_answer_max()) bytes at OFFSET of a file. A READ that fails or returns nothing is
 * repeated after SELECT of the file, and then for fewer bytes. Returns the number of bytes, 0 at the end of the file, or
 * SC_ERROR_*. */
int read_ef(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len);

/* Sends one READ for the first bytes of a file by its short EF identifier, and does not repeat it. Returns the same as
 * read_ef(), or SC_ERROR_NOT_SUPPORTED, without an exchange, if this card needs READs of another form. */
int read_ef_once(struct session *session, uint16_t id, uint8_t *buf, size_t len);

/* Reads a record of a record file, including its simple TLV header, in the same way. The first record has number 1. */
int read_ef_record(struct session *session, uint16_t id, unsigned record, uint8_t *buf, size_t len);

#endif

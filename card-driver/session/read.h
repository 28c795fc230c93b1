/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* READ BINARY and READ RECORD of the application that is selected. */
#ifndef MYNUMBER_READ_H
#define MYNUMBER_READ_H

#include "session.h"

/* How much one READ BINARY may ask for: 256 bytes, or more where the reader says that it carries extended length. */
size_t session_answer_max(const struct session *session);

/* How much the first READ of a file whose size is not known may ask for: most cards give up to 256 bytes. */
size_t session_first_read(const struct session *session);

/* Reads up to LEN (at most session_answer_max()) bytes at OFFSET of a file. A READ that fails, or gives nothing, is repeated
 * after SELECT of the file, and for fewer bytes. Bytes read, 0 at its end, or SC_ERROR_*. */
int session_read_ef(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len);

/* The same of a record (1 is the first) of a record file, its simple TLV header included. */
int session_read_ef_record(struct session *session, uint16_t id, unsigned record, uint8_t *buf, size_t len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The content of the card's files: read once, and kept in the session as long as a PIN that opens the file is verified. */
#ifndef MYNUMBER_LOAD_H
#define MYNUMBER_LOAD_H

#include "session.h"

/* Wants all of a file, see load_file(). */
#define FILE_WHOLE SIZE_MAX

/* Reads a file until BYTES of it (or all there is) are in memory, which is where *LOADED points; it belongs to the session.
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED without an exchange if no PIN that opens it is verified. */
int load_file(struct session *session, const struct card_file *file, size_t bytes, const struct loaded_file **loaded);

/* The same, until the size of its content is known: *SIZE bytes. */
int load_size(struct session *session, const struct card_file *file, size_t *size);

/* Takes over the whole content of a free file that was read in an earlier connection, unless more of it is known already. */
void load_provided(struct session *session, const struct card_file *file, const uint8_t *data, size_t len);

/* Reads up to LEN (at most session_answer_max()) bytes at OFFSET of a file, whatever is in memory. A READ that fails, or
 * gives nothing, is repeated after SELECT of the file, and for fewer bytes. Bytes read, 0 at its end, or SC_ERROR_*. */
int session_read(struct session *session, const struct card_file *file, size_t offset, uint8_t *buf, size_t len);

/* Reads a record (1 is the first) of a record file, its simple TLV header included. Bytes read or SC_ERROR_*. */
int session_read_record(struct session *session, const struct card_file *file, unsigned record, uint8_t *buf, size_t len);

#endif

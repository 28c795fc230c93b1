/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the card's files. The session keeps what was read as long as a PIN that opens the file is verified. */
#ifndef MYNUMBER_LOAD_H
#define MYNUMBER_LOAD_H

#include "session.h"

/* The value of BYTES in load_file() that reads the whole file. */
#define FILE_WHOLE SIZE_MAX

/* Reads a file until BYTES of it, or the whole file if it is shorter, are in memory. *LOADED belongs to the session.
 * Returns SC_SUCCESS; SC_ERROR_SECURITY_STATUS_NOT_SATISFIED, without an exchange, if no PIN that opens the file is
 * verified; or another SC_ERROR_*. */
int load_file(struct session *session, const struct card_file *file, size_t bytes, const struct loaded_file **loaded);

/* Reads a file until the size of its content is known and sets *SIZE to it, in bytes. Returns the same errors as
 * load_file(). */
int load_size(struct session *session, const struct card_file *file, size_t *size);

/* Stores DATA as the whole content of a free file that was read in an earlier connection. Does nothing if the whole file
 * is already in memory or if DATA contradicts what was read. */
void load_provided(struct session *session, const struct card_file *file, const uint8_t *data, size_t len);

/* Stores DATA, which may be the content of a free file, for load_file(), which reads the beginning of the file from the
 * card and uses DATA for the rest if it begins alike, and if the card has the bytes of it that FIND_PROOF finds (at most
 * 256). Does nothing if the whole file is already in memory. */
void load_offer_copy(struct session *session, const struct card_file *file, const uint8_t *data, size_t len, find_copy_proof find_proof);

/* Reads up to LEN (at most read_answer_max()) bytes at OFFSET of a file from the card, even if they are in memory. A
 * READ that fails or returns nothing is repeated after SELECT of the file, and then for fewer bytes. Returns the number
 * of bytes, 0 at the end of the file, or SC_ERROR_*. */
int load_bytes(struct session *session, const struct card_file *file, size_t offset, uint8_t *buf, size_t len);

/* Reads a record of a record file into BUF, including its simple TLV header. The first record has number 1. Returns the
 * number of bytes or SC_ERROR_*. */
int load_card_record(struct session *session, const struct card_file *file, unsigned record, uint8_t *buf, size_t len);

#endif

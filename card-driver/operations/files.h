/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files: the virtual file tree that OpenSC walks (master file, EF.DIR, one DF per application), and the real files behind
 * it. Selecting is free: the card hears of it only when something of the file is asked for.
 */
#ifndef MYNUMBER_FILES_H
#define MYNUMBER_FILES_H

#include "card-driver/session/session.h"

/* Whether an application, or (FILE is not NULL) a file in it is there, by SELECT alone: so it can be asked of files that nobody
 * may read. SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND or another SC_ERROR_*. */
int files_check_presence(struct session *session, enum app_id app, const struct card_file *file);

/* The operations of struct sc_card_operations, on the session of the card. Results as documented there. */
int files_select(struct session *session, const sc_path_t *path, sc_file_t **file_out);
int files_read_binary(struct session *session, size_t offset, uint8_t *buf, size_t count);
int files_read_record(struct session *session, unsigned record, size_t offset, uint8_t *buf, size_t count);
int files_list(struct session *session, uint8_t *buf, size_t len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The virtual file tree that OpenSC walks (master file, EF.DIR, one DF per application), and the card's files that are
 * behind it. Selecting a file only sets the current position; commands are sent to the card when its size or content is
 * requested.
 */
#ifndef MYNUMBER_FILES_H
#define MYNUMBER_FILES_H

#include "card-driver/session/session.h"

/* Checks by SELECT whether the card has an application or, if FILE is not NULL, a file in it. This also works for files
 * that cannot be read. Returns SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND or another SC_ERROR_*. */
int files_check_presence(struct session *session, enum app_id app, const struct card_file *file);

/* Looks for the optional applications that the configuration shows to this program, or only for ONLY if it is not NULL, once
 * in a connection. Returns SC_SUCCESS or the SC_ERROR_* of an exchange that failed. */
int files_find_optional(struct session *session, const struct application *only);

/* Returns true if OpenSC has selected the file of a PKCS#15 object in this connection. */
bool files_object_selected(const struct session *session);

/* Implement operations of struct sc_card_operations for the card of the session. They return the results that OpenSC
 * documents for these operations. */
int files_select(struct session *session, const sc_path_t *path, sc_file_t **file_out);
int files_read_binary(struct session *session, size_t offset, uint8_t *buf, size_t count);
int files_read_record(struct session *session, unsigned record, size_t offset, uint8_t *buf, size_t count);
int files_list(struct session *session, uint8_t *buf, size_t len);

#endif

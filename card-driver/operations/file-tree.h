/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual file tree: master file 3F00, EF.DIR 2F00 and a DF for each application. It costs no exchange. */
#ifndef MYNUMBER_FILE_TREE_H
#define MYNUMBER_FILE_TREE_H

#include "card-driver/session/session.h"

/* Room for EF.DIR with all applications, and for the list of a DF's files. */
#define EF_DIR_MAX 256

/* Finds what PATH names, from where the session is. SC_ERROR_FILE_NOT_FOUND for names that the card does not have. */
int tree_resolve(const struct session *session, const sc_path_t *path, struct tree_node *node);

/* Describes a place to OpenSC, with content of SIZE bytes. NULL without memory. */
sc_file_t *tree_describe(const struct session *session, const struct tree_node *node, size_t size);

/* Writes the content of EF.DIR (ISO 7816-4, 8.2.1.1). Bytes written. */
size_t tree_ef_dir(const struct session *session, uint8_t buf[EF_DIR_MAX]);

/* Writes the file ids of a DF, two bytes each. Bytes written, as many as fit. */
size_t tree_list(const struct session *session, const struct tree_node *node, uint8_t *buf, size_t len);

#endif

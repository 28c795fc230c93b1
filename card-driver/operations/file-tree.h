/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual file tree: the master file 3F00, EF.DIR 2F00 and a DF for each application. Walking it sends nothing to
 * the card. */
#ifndef MYNUMBER_FILE_TREE_H
#define MYNUMBER_FILE_TREE_H

#include "card-driver/session/session.h"

/* The size of a buffer for EF.DIR with all applications or for the file list of a DF. */
#define EF_DIR_MAX 256

/* Finds the node that PATH names, relative to the application CURRENT (NULL: the master file). Returns SC_SUCCESS, or
 * SC_ERROR_FILE_NOT_FOUND if the card does not have it. */
int tree_resolve(const struct session *session, const struct application *current, const sc_path_t *path, struct tree_node *node);

/* Creates OpenSC's description of a node whose content has SIZE bytes. Returns NULL if memory allocation fails. */
sc_file_t *tree_describe(const struct session *session, const struct tree_node *node, size_t size);

/* Returns true if EF.DIR lists the application: the card has it and, in a PKCS#11 module, pkcs11_applications names it. */
bool tree_lists_application(const struct session *session, const struct application *app);

/* Returns false if the program is a PKCS#11 module and pkcs11_applications does not name the application. */
bool tree_wants_application(const struct session *session, const struct application *app);

/* Returns the applications, one bit each, that pkcs11_applications names and that EF.DIR leaves out, because OpenSC's
 * PKCS#11 module takes no more than four. */
unsigned tree_left_out(const struct session *session);

/* Writes the content of EF.DIR (ISO 7816-4, 8.2.1.1) to BUF. Returns the number of bytes. */
size_t tree_ef_dir(const struct session *session, uint8_t buf[EF_DIR_MAX]);

/* Writes the file ids of a DF to BUF, two bytes each, as many as fit into LEN bytes. Returns the number of bytes. */
size_t tree_list(const struct session *session, const struct tree_node *node, uint8_t *buf, size_t len);

#endif

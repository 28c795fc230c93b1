/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the test programs use their connection to the card. Functions return SC_SUCCESS or SC_ERROR_*, or end the program. */
#ifndef CONCURRENCY_CONNECTION_H
#define CONCURRENCY_CONNECTION_H

#include "holder.h"
#include "tests/lib/connection.h"

/* Connects through libopensc. DRIVER is the only card driver to try; NULL: those that the configuration names. */
void connection_start(struct connection *connection, const char *driver);

/* Binds the application AID; NULL: the whole card. */
int connection_bind(struct connection *connection, const struct sc_aid *aid);

/* Finds the object of the class with that label; SC_ERROR_OBJECT_NOT_FOUND if it is not listed. */
int connection_object(struct connection *connection, unsigned class, const char *label, struct sc_pkcs15_object **object);

/* Reads the file of an object in one transaction. */
int connection_read(struct connection *connection, const sc_path_t *path, struct value *out);

#endif

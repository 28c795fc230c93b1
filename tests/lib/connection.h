/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A test program's connection to the card through libopensc. All fields are NULL before it begins. */
#ifndef TESTS_CONNECTION_H
#define TESTS_CONNECTION_H

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

struct connection {
	sc_context_t *context;
	sc_card_t *card;
	struct sc_pkcs15_card *p15card; /* NULL: not bound */
};

/* Connects to the card in the first reader. SC_SUCCESS or SC_ERROR_*. */
int connection_open(struct connection *connection);

/* Unbinds and disconnects the card. */
void connection_close(struct connection *connection);

/* Closes the connection and releases the context. */
void connection_end(struct connection *connection);

#endif

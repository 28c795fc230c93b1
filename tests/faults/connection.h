/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A program's connection to the card through libopensc. */
#ifndef FAULTS_CONNECTION_H
#define FAULTS_CONNECTION_H

#include <stdbool.h>

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

struct connection {
	sc_context_t *ctx;
	sc_card_t *card;
	struct sc_pkcs15_card *p15card; /* NULL: not bound */
};

/* Connects to the card, and binds to it as a whole. SC_SUCCESS or SC_ERROR_*; connection_close() is due in any case. */
int connection_open(struct connection *connection, bool bind);

void connection_close(struct connection *connection);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "connection.h"

int
connection_open(struct connection *connection)
{
	return sc_connect_card(sc_ctx_get_reader(connection->context, 0), &connection->card);
}

void
connection_close(struct connection *connection)
{
	if (connection->p15card != NULL)
		sc_pkcs15_unbind(connection->p15card);
	if (connection->card != NULL)
		sc_disconnect_card(connection->card);
	connection->p15card = NULL;
	connection->card = NULL;
}

void
connection_end(struct connection *connection)
{
	connection_close(connection);
	if (connection->context != NULL)
		sc_release_context(connection->context);
	connection->context = NULL;
}

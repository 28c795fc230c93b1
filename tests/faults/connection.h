/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connection of a job to the card. */
#ifndef FAULTS_CONNECTION_H
#define FAULTS_CONNECTION_H

#include <stdbool.h>

#include "tests/lib/connection.h"

/* Connects to the card and binds to the whole card. Returns SC_SUCCESS or SC_ERROR_*; call connection_end() in both cases. */
int job_connect(struct connection *connection, bool bind);

#endif

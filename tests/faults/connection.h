/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a job connects to the card. */
#ifndef FAULTS_CONNECTION_H
#define FAULTS_CONNECTION_H

#include <stdbool.h>

#include "tests/lib/connection.h"

/* Connects to the card, and binds to it as a whole. SC_SUCCESS or SC_ERROR_*; connection_end() is due in any case. */
int job_connect(struct connection *connection, bool bind);

#endif

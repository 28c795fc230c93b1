/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes findings as text for people and for grep: one per line, each beginning with `ok`, `FAIL` or `unknown`. */
#ifndef MYNUMBER_REPORT_H
#define MYNUMBER_REPORT_H

#include "card-driver/session/session.h"

/* Writes the report of an application about all files that the verified PINs open. The caller frees *TEXT. Returns
 * SC_SUCCESS, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if a PIN is required and none is verified, or another SC_ERROR_*. */
int report_write(struct session *session, enum app_id app, char **text);

#endif

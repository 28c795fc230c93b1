/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Findings in words: one a line, each beginning with `ok`, `FAIL` or `unknown`, for people and for grep. */
#ifndef MYNUMBER_REPORT_H
#define MYNUMBER_REPORT_H

#include "card-driver/session/session.h"

/* Writes the report of an application about all that the verified PINs open. The caller frees *TEXT.
 * SC_ERROR_SECURITY_STATUS_NOT_SATISFIED if no PIN is verified where one is needed, or another SC_ERROR_*. */
int report_write(struct session *session, enum app_id app, char **text);

#endif

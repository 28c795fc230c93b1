/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks the X.509 certificates of the JPKI application: who signed them, what they are for, and whether they are valid
 * now. The findings are reported and not enforced. */
#ifndef MYNUMBER_CERTIFICATES_H
#define MYNUMBER_CERTIFICATES_H

#include <stdio.h>

#include "card-driver/session/session.h"

/* Writes the findings about all certificates that can be read now to OUT, one per line. Returns SC_SUCCESS or the
 * SC_ERROR_* of an exchange. */
int certificates_report(struct session *session, FILE *out);

#endif

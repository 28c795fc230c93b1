/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Checks whether the licence record is authentic. EF 001C contains a signature over it and names the signer's key, but the
 * card has no certificate of the signer and the keys are not public: without trusted_licence_keys nothing can be verified.
 */
#ifndef MYNUMBER_LICENCE_CHECK_H
#define MYNUMBER_LICENCE_CHECK_H

#include <stdio.h>

#include "card-driver/session/session.h"

/* Decides whether values of the licence record may be served, like authentic_permit(). */
int licence_permit(struct session *session);

/* Writes the findings about the licence to OUT, one per line. Returns SC_SUCCESS or the SC_ERROR_* of an exchange. */
int licence_report(struct session *session, FILE *out);

#endif

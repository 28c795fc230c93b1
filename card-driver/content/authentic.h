/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Is what the card says authentic? Records are signed by the municipality's key, that key is certified by a national CA
 * (CV certificate), and the card proves its presence by a key inside a signed record.
 */
#ifndef MYNUMBER_AUTHENTIC_H
#define MYNUMBER_AUTHENTIC_H

#include <openssl/evp.h>

#include "card-driver/session/session.h"

/* The signer of an application's records, from its CV certificate; read once per connection. SC_SUCCESS, also where
 * the finding is bad or the card does not give the certificate, or the SC_ERROR_* of an exchange. */
int authentic_signer(struct session *session, enum app_id app, const struct signer **signer);

/* Checks a record, once as long as it stays in memory: *FINDING tells the result. SC_SUCCESS, also where the finding is
 * bad, or SC_ERROR_*. */
int authentic_check(struct session *session, const struct card_file *file, struct finding *finding);

/* The same for a report: also a record that the card does not give is a finding, no error. */
int authentic_report(struct session *session, const struct card_file *file, struct finding *finding);

/* The object of a record that holds the public key of the card that must be present for its values, or 0. */
unsigned authentic_card_key(const struct card_file *file);

/* Whether values of a record may be served, as `verify_records` says: SC_SUCCESS, SC_ERROR_CORRUPTED_DATA for a record
 * that is not authentic, SC_ERROR_NOT_ALLOWED for one that cannot be judged under `strict`, or another SC_ERROR_*. */
int authentic_permit(struct session *session, const struct card_file *file);

/* Has the card sign a fresh challenge by KEY, whose public half stands in an authentic record. As authentic_report(). */
int authentic_presence(struct session *session, const struct card_key *key, struct finding *finding);

#endif

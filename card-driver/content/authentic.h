/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Checks whether the card's records are authentic. The municipality's key signs the records, a national CA certifies
 * that key (CV certificate), and the card proves its presence with a key inside a signed record.
 */
#ifndef MYNUMBER_AUTHENTIC_H
#define MYNUMBER_AUTHENTIC_H

#include <openssl/evp.h>

#include "card-driver/session/session.h"

/* Determines the signer of an application's records from its CV certificate, which is read once per connection. Returns
 * SC_SUCCESS even if the finding is bad or the card does not provide the certificate, or the SC_ERROR_* of an exchange. */
int authentic_signer(struct session *session, enum app_id app, const struct signer **signer);

/* Checks a record and sets *FINDING to the result. The check is made once as long as the record stays in memory. Returns
 * SC_SUCCESS even if the finding is bad, or SC_ERROR_*. */
int authentic_check(struct session *session, const struct card_file *file, struct finding *finding);

/* Like authentic_check(), for a report: a record that the card does not provide is a finding and not an error. */
int authentic_report(struct session *session, const struct card_file *file, struct finding *finding);

/* Returns the tag of the object that contains the card's public key, or 0. If a record has such an object, the card with
 * this key must be present before values of the record are served. */
unsigned authentic_card_key(const struct card_file *file);

/* Decides whether values of a record may be served under the setting `verify_records`. Returns SC_SUCCESS,
 * SC_ERROR_CORRUPTED_DATA for a record that is not authentic, SC_ERROR_NOT_ALLOWED under `strict` for a record that
 * cannot be checked, or another SC_ERROR_*. */
int authentic_permit(struct session *session, const struct card_file *file);

/* The same decision for a record that was already checked. */
int authentic_permit_finding(struct session *session, const struct card_file *file, const struct finding *finding);

/* Lets the card sign a fresh challenge with KEY, whose public key is in an authentic record, and sets *FINDING to the
 * result. Returns the same values as authentic_report(). */
int authentic_presence(struct session *session, const struct card_key *key, struct finding *finding);

#endif

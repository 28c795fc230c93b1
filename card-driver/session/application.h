/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Selects applications and confirms which one is selected. */
#ifndef MYNUMBER_APPLICATION_H
#define MYNUMBER_APPLICATION_H

#include "session.h"

/* Sends SELECT with the whole AID. All PINs count as unverified afterwards. Returns SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND
 * if the card does not have the application, or another SC_ERROR_*. */
int application_select(struct session *session, enum app_id app);

/* Ensures that the application is selected. Sends SELECT unless a PIN of the application is verified; then it reads the
 * file that proves the application, because a SELECT might end the verification. Returns SC_SUCCESS or SC_ERROR_*. */
int application_ensure(struct session *session, enum app_id app);

/* Notes that the first bytes of a file were read without application_ensure(). Returns true if they prove that the
 * application of the file is selected (card_file_proof()); then application_ensure_for_reading() needs no exchange in this
 * transaction. Otherwise DATA may be of another application and must not be used. */
bool application_shown_by(struct session *session, const struct card_file *file, const uint8_t *data, size_t len);

/* Like application_ensure(), but the content of a file that was read in this transaction is a sufficient proof. Not for
 * VERIFY and changes, which are not repeated if the application is the wrong one. */
int application_ensure_for_reading(struct session *session, enum app_id app);

/* Returns true if the application was selected last, as far as this process knows. After a reset no application is. */
bool application_is_selected(const struct session *session, enum app_id app);

/* Returns true if the application is known to be selected in this transaction. */
bool application_is_confirmed(const struct session *session, enum app_id app);

/* Notes that a transaction begins: another program may have selected another application before it. */
void application_unconfirm(struct session *session);

/* Notes that a VERIFY is sent to the application. application_logout() ends the verification. */
void application_note_verify(struct session *session, enum app_id app);

/* Looks for an optional application by SELECT, once in a connection. All PINs count as unverified afterwards. Returns
 * SC_SUCCESS, SC_ERROR_FILE_NOT_FOUND if the card does not have the application, or another SC_ERROR_*. */
int application_find(struct session *session, enum app_id app);

/* Returns true if the card has the application: every card has it, or application_find() has found it. */
bool application_is_found(const struct session *session, enum app_id app);

/* Returns false if the card is known not to have the application (because an earlier SELECT failed, or because the card is
 * a phone and the application is not JPKI), or if the configuration does not want it. */
bool application_is_present(const struct session *session, enum app_id app);

/* Ends the verification of all PINs by selecting another application, if a PIN is or might be verified. Returns
 * SC_SUCCESS or SC_ERROR_*. */
int application_logout(struct session *session);

#endif

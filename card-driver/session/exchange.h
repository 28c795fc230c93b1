/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends APDUs. Every command to the card goes through this file, except those that a reader with a keypad sends. */
#ifndef MYNUMBER_EXCHANGE_H
#define MYNUMBER_EXCHANGE_H

#include "card-driver/base/apdu.h"
#include "session.h"

/* Sends one APDU with LEN bytes of DATA and stores at most LE bytes of the answer in OUT. FLAGS are SC_APDU_FLAGS_*. The
 * APDU is a short one unless LE exceeds SHORT_ANSWER_MAX. Returns SC_SUCCESS or SC_ERROR_*, which includes the error
 * that the status word stands for; apdu_answer() returns the status word and the length of the answer. */
int apdu_send(struct session *session, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const uint8_t *data, size_t len, uint8_t *out, size_t le, unsigned long flags);

/* Returns the answer to the last APDU. */
const struct apdu_answer *apdu_answer(const struct session *session);

/* Stores the answer that APDU carries and checks its status word. R is the result of sending APDU: an error is returned
 * as it is. */
int apdu_note_answer(struct session *session, const sc_apdu_t *apdu, int r);

/* Forgets which EF is selected, because the next command may select another one. */
void apdu_forget_ef(struct session *session);

/* Sends SELECT for an EF of the selected application. Returns SC_SUCCESS or SC_ERROR_*. */
int apdu_select_ef(struct session *session, uint16_t id);

/* Sends SELECT for an application by its name (AID). Returns SC_SUCCESS or SC_ERROR_*. */
int apdu_select_name(struct session *session, const uint8_t *aid, size_t len);

/* Sends GET CHALLENGE for LEN random bytes; the card gives at most 256. Returns the number of bytes or SC_ERROR_*. */
int apdu_get_challenge(struct session *session, uint8_t *buf, size_t len);

#endif

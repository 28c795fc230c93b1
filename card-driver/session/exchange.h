/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* APDUs: all that is sent to the card, but for what a reader with a keypad sends, is sent here. */
#ifndef MYNUMBER_EXCHANGE_H
#define MYNUMBER_EXCHANGE_H

#include "session.h"

/* Commands of ISO 7816-4; those of JICSAP have another class. */
#define CLA_ISO 0x00

/* Sends one APDU: LEN bytes of DATA; at most LE bytes of answer go to OUT; FLAGS are SC_APDU_FLAGS_*. It is a short one unless LE
 * exceeds SHORT_ANSWER_MAX. SC_SUCCESS or SC_ERROR_*, that of the status word included; apdu_answer() tells more. */
int apdu_send(struct session *session, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const uint8_t *data, size_t len, uint8_t *out, size_t le, unsigned long flags);

/* The answer to the last APDU. */
const struct apdu_answer *apdu_answer(const struct session *session);

/* Notes the answer that APDU carries and judges its status word. R is the result of sending it: SC_SUCCESS, or what is returned. */
int apdu_note_answer(struct session *session, const sc_apdu_t *apdu, int r);

/* SELECTs an EF of the application that is selected. */
int session_select_ef(struct session *session, uint16_t id);

/* SELECTs an application by its name. SC_SUCCESS or SC_ERROR_*. */
int session_select_name(struct session *session, const uint8_t *aid, size_t len);

/* GET CHALLENGE: up to LEN (the card gives at most 256) random bytes. Bytes given or SC_ERROR_*. */
int session_random(struct session *session, uint8_t *buf, size_t len);

#endif

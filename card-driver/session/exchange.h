/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* APDUs: all that is sent to the card, but for what a reader with a keypad sends, is sent here. */
#ifndef MYNUMBER_EXCHANGE_H
#define MYNUMBER_EXCHANGE_H

#include "session.h"

/* Sends one APDU and judges the status word. SC_SUCCESS or SC_ERROR_*; apdu->sw1, sw2 and resplen tell more. */
int session_transmit(struct session *session, sc_apdu_t *apdu);

/* SELECTs an EF of the application that is selected. */
int session_select_ef(struct session *session, uint16_t id);

/* SELECTs an application by its name. *SW1 is the first byte of the status word, 0 if none came. */
int session_select_name(struct session *session, const uint8_t *aid, size_t len, unsigned *sw1);

/* GET CHALLENGE: up to LEN (the card gives at most 256) random bytes. Bytes given or SC_ERROR_*. */
int session_random(struct session *session, uint8_t *buf, size_t len);

#endif

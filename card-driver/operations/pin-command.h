/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The operation pin_cmd: what OpenSC asks about PINs. */
#ifndef MYNUMBER_PIN_COMMAND_H
#define MYNUMBER_PIN_COMMAND_H

#include "card-driver/session/session.h"

/* VERIFY, CHANGE and GET_INFO. SC_ERROR_INVALID_PIN_LENGTH and SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_LEN_RANGE,
 * CKR_PIN_INVALID) for a malformed PIN, which the card never sees. */
int pin_command(struct session *session, struct sc_pin_cmd_data *data);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The operation pin_cmd, which OpenSC calls for all PIN commands. */
#ifndef MYNUMBER_PIN_COMMAND_H
#define MYNUMBER_PIN_COMMAND_H

#include "card-driver/session/session.h"

/* Executes VERIFY, CHANGE or GET_INFO. Returns SC_SUCCESS or SC_ERROR_*. A malformed PIN is not sent to the card: the
 * error is SC_ERROR_INVALID_PIN_LENGTH or SC_ERROR_KEYPAD_PIN_MISMATCH (CKR_PIN_LEN_RANGE, CKR_PIN_INVALID). */
int pin_command(struct session *session, struct sc_pin_cmd_data *data);

#endif

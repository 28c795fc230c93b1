/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Code B (照合番号B): the 14 digits printed on the card that open the card face in its chip; how a program gets it from the user. */
#ifndef TOOLS_CODE_B_H
#define TOOLS_CODE_B_H

#include "card-name.h"
#include "outcome.h"

/* Date of birth (year of the era, month, day), year of expiry, security code. */
#define CODE_B_DIGITS 14

/* The environment variable that may hold code B. */
#define CODE_B_ENV "MYNUMBER_CODE_B"

struct code_b {
	char digits[CODE_B_DIGITS + 1];
};

/* Reads the code from the first line of FILE. If FILE is NULL, reads it from the environment, where it is cleared, or asks for it on the
 * terminal. Refuses a code whose year of expiry differs from that of the card NAME. OUTCOME_GENUINE, or OUTCOME_MALFORMED or
 * OUTCOME_ERROR with a message on standard error. */
enum outcome code_b_get(struct code_b *code, const char *file, const struct card_name *name);

/* Asks for the code on the terminal. Asks again while its year of expiry differs from that of the card NAME, until the same code is typed
 * twice. OUTCOME_GENUINE, or OUTCOME_MALFORMED with a message on standard error. */
enum outcome code_b_prompt(struct code_b *code, const struct card_name *name);

/* Overwrites the digits. */
void code_b_clear(struct code_b *code);

#endif

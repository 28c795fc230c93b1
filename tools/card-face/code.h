/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Code B (照合番号B): the 14 digits on the card's face that open what the face shows. */
#ifndef TOOLS_CODE_H
#define TOOLS_CODE_H

#include "tools/common/card-name.h"
#include "tools/common/outcome.h"

/* Year (of the era), month and day of birth, year of expiry, security code. */
#define CODE_DIGITS 14

#define CODE_ENV "MYNUMBER_CODE_B"

struct code {
	char digits[CODE_DIGITS + 1];
};

/* Gets the code from FILE's first line, else, if FILE is NULL, from the environment (where it is cleared) or the terminal. One whose
 * year of expiry is not that of the card NAME is refused, or on the terminal asked for again. OUTCOME_GENUINE, or
 * OUTCOME_MALFORMED or OUTCOME_ERROR with a message on standard error. */
enum outcome code_get(struct code *code, const char *file, const struct card_name *name);

void code_clear(struct code *code);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rules that the card face viewer's JSON text must obey for any content of the card. A violation ends the program. */
#ifndef TESTS_FUZZ_JSON_RULES_H
#define TESTS_FUZZ_JSON_RULES_H

#include "tools/card-face/verdict.h"

/* TEXT is JSON, its verdict is that of the page, and it calls a value checked only if nothing speaks against that. */
void rule_json(const struct face *face, const char *text);

#endif

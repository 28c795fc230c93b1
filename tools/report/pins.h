/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PINs that the user chose to enter, typed before the first of them is sent. */
#ifndef REPORT_PINS_H
#define REPORT_PINS_H

#include "probes.h"

/* Reads LIST (names joined by commas) and asks at the terminal for each. 0, or -1 after saying what is wrong. */
int pins_prompt(struct report *report, const char *list);

/* True if the PIN was typed. */
bool pin_was_entered(const struct report *report, enum report_pin pin);

/* Sends a typed PIN, once, if two tries or more are left; its application must be present. True if it is verified. */
bool pin_verify(struct report *report, enum report_pin pin);

/* The query of the PIN whose file is selected, exactly four bytes: a fifth would be another command (docs/card.md 4.12). The status word. */
unsigned pin_query(struct link *link);

void pins_clear(void);

#endif

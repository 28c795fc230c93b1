/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks for the PINs that the user chose, before the first one is sent, and verifies them. */
#ifndef REPORT_PINS_H
#define REPORT_PINS_H

#include "probes.h"

/* Asks for each PIN of LIST, which holds names separated by commas. 0, or -1 with a message on standard error. */
int pins_prompt(struct report *report, const char *list);

/* True if the user has entered the PIN. */
bool pin_was_entered(const struct report *report, enum report_pin pin);

/* Sends an entered PIN once, if at least two tries are left. Its application must be present. True if it is verified. */
bool pin_verify(struct report *report, enum report_pin pin);

/* Queries the tries of the PIN whose file is selected. Returns the status word. The command has exactly four bytes, because five would be
 * another command (docs/card.md 4.12). */
unsigned pin_query(struct link *link);

/* The same for the PIN that the reference P2 names. */
unsigned pin_query_by(struct link *link, unsigned p2);

/* Overwrites the entered PINs. */
void pins_clear(void);

#endif

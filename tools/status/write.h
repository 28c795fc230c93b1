/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the status of a card as text for a person, or as JSON for a program (docs/card-status.schema.json). */
#ifndef TOOLS_STATUS_WRITE_H
#define TOOLS_STATUS_WRITE_H

#include <stdbool.h>

#include "advice.h"

struct status_view {
	const struct card_status *status;
	const struct advice *advice;
	size_t advice_count;
	bool whole_number; /* else only the last four digits of the card number */
	enum language language;
};

void status_write_text(const struct status_view *view);

/* False if memory runs out or standard output cannot be written. */
bool status_write_json(const struct status_view *view);

#endif

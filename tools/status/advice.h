/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the holder should do about the status of the card. */
#ifndef TOOLS_ADVICE_H
#define TOOLS_ADVICE_H

#include "card-status.h"
#include "tools/common/words.h"

enum urgency {
	NOTHING_TO_DO,
	SOON, /* it expires within three months, has one try left, or cannot be read */
	NOW   /* it has expired, or is blocked */
};

enum advice_kind {
	ADVICE_RENEW,
	ADVICE_EXPIRED,
	ADVICE_UNREADABLE,
	ADVICE_LAST_TRY,
	ADVICE_BLOCKED,
	ADVICE_BLOCKED_LICENCE
};

struct advice {
	enum advice_kind kind;
	const char *code; /* a stable word for programs */
	struct words subject;
	const struct words *action;
};

#define ADVICE_MAX (STATUS_SUBJECTS + STATUS_PINS_MAX)

/* Fills ADVICE and returns the number of entries. */
size_t advice_find(const struct card_status *status, struct advice advice[ADVICE_MAX]);

/* The greatest urgency of COUNT entries. */
enum urgency advice_urgency(const struct advice *advice, size_t count);

/* The name of a PIN or code. Points into PIN. */
struct words advice_pin_words(const struct status_pin *pin);

/* The names of what expires, indexed by enum status_subject. */
extern const struct words status_subject_words[STATUS_SUBJECTS];

#endif

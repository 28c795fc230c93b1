/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a card says about itself without a PIN, and the date of its signature certificate if the holder types the PIN of that. */
#ifndef TOOLS_CARD_STATUS_H
#define TOOLS_CARD_STATUS_H

#include <stdbool.h>

#include "tools/common/card-name.h"
#include "tools/common/outcome.h"

struct sc_card;

#define STATUS_APPS_MAX	 8
#define STATUS_PINS_MAX	 16
#define STATUS_LABEL_MAX 64

struct status_date {
	bool known;
	long long days_left;		/* negative: in the past */
	char day[sizeof("YYYY-MM-DD")]; /* the last day of validity, in Japan */
};

enum status_subject {
	STATUS_CARD,
	STATUS_AUTHENTICATION, /* the user authentication certificate */
	STATUS_SIGNATURE,      /* the digital signature certificate, which a PIN protects */
	STATUS_SUBJECTS
};

struct status_pin {
	unsigned id; /* of the PIN object: docs/objects.md */
	char label[STATUS_LABEL_MAX];
	char application[STATUS_LABEL_MAX];
	int tries_left; /* negative: the card or the reader does not tell */
	int tries_max;
};

struct card_status {
	struct card_name name; /* without a number: a smartphone */
	char applications[STATUS_APPS_MAX][STATUS_LABEL_MAX];
	unsigned application_count;
	struct {
		bool present;
		bool unreadable;	     /* the last day needs no PIN, or its PIN was given, and still cannot be read */
		struct status_date last_day; /* not known without the PIN, or if it cannot be read */
	} subjects[STATUS_SUBJECTS];
	struct status_pin pins[STATUS_PINS_MAX];
	unsigned pin_count;
};

/* Reads the status of CARD, whose name was read before. Sends no PIN, but SIGNATURE_PIN (NULL: none) for the signature certificate, and
 * that only if the card is still the one of the name and more than one try is left. OUTCOME_GENUINE; other outcomes write a message to
 * standard error. */
enum outcome card_status_read(struct card_status *status, struct sc_card *card, const struct card_name *name, const char *signature_pin);

#endif

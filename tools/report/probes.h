/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the report asks a card. Every function prints its findings by verdict(). */
#ifndef REPORT_PROBES_H
#define REPORT_PROBES_H

#include "card-driver/settings.h"
#include "exchange.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum report_app {
	REPORT_JPKI,
	REPORT_TEXT,
	REPORT_SURFACE,
	REPORT_JUKI,
	REPORT_COMMON,
	REPORT_APPS
};

struct report {
	struct link link;
	struct settings settings;   /* only for the CA keys that they name */
	struct card_name card_name; /* where PINs were asked for */
	bool present[REPORT_APPS];
	bool phone;    /* says the label */
	unsigned pins; /* bits 1 << enum report_pin: what the user chose to enter */
};

enum report_pin {
	REPORT_PIN_AUTH,
	REPORT_PIN_SIGN,
	REPORT_PIN_TEXT,
	REPORT_PIN_CODE_A, /* of Card Surface */
	REPORT_PIN_CODE_B, /* of Card Surface */
	REPORT_PIN_BIRTH,
	REPORT_PINS
};

/* SELECTs an application by its whole AID; the status word. */
unsigned probe_select(struct report *report, enum report_app app);

/* The bytes of the selected file, short commands only, up to ANSWER_MAX. In link.answer; false unless it ended with 9000 or 6B00. */
bool probe_read_all(struct report *report);

/* True if the length of the object that was read is written longer than DER would have it. */
bool probe_long_form(const struct answer *answer);

void probe_atr(struct report *report);
void probe_platform(struct report *report);
void probe_applications(struct report *report);
void probe_files(struct report *report);
void probe_commands(struct report *report);

/* Tries left, by queries. */
void probe_counters(struct report *report);

/* What the keys do once the PIN is verified, and how long that lasts. */
void probe_auth_key(struct report *report);
void probe_sign_key(struct report *report);

/* The records of Input Support and of Card Surface that the chosen PINs open, and whether they are genuine. */
void probe_text_records(struct report *report);
void probe_surface_records(struct report *report);

#endif

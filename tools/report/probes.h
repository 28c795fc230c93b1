/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the report asks a card. Every function prints its findings by report_fact(). */
#ifndef REPORT_PROBES_H
#define REPORT_PROBES_H

#include "card-driver/base/settings.h"
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
	bool phone;		  /* says the label, or an unknown label and a closed authentication certificate */
	unsigned reads_recovered; /* READs that failed, and worked after a SELECT of the file */
	unsigned pins;		  /* bits 1 << enum report_pin: what the user chose to enter */
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

const char *probe_app_name(enum report_app app);

/* The bytes of the selected file, short commands only, up to ANSWER_MAX, in link.answer. False if there are none but the file is not
 * empty, the status word of the first READ is then in link.answer; or if the reader failed. */
bool probe_read_all(struct report *report);

void probe_atr(struct report *report);
void probe_platform(struct report *report);
void probe_applications(struct report *report);
void probe_files(struct report *report);
void probe_availability(struct report *report);
void probe_read_edges(struct report *report);
void probe_commands(struct report *report);

/* Faults of reader or card that all probes before have met. */
void probe_reader_faults(struct report *report);

/* Tries left, by queries. */
void probe_counters(struct report *report);

/* What the keys do once the PIN is verified, and how long that lasts. */
void probe_auth_key(struct report *report);
void probe_sign_key(struct report *report);

/* The records of Input Support and of Card Surface that the chosen PINs open, and whether they are genuine. */
void probe_text_records(struct report *report);
void probe_surface_records(struct report *report);

#endif

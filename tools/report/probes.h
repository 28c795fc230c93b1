/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of the report. Each function tries something on the card and prints the results by report_fact(). */
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
	REPORT_LICENCE,
	REPORT_RESIDENCE,
	REPORT_APPS
};

struct report {
	struct link link;
	struct settings settings;   /* used only for the CA keys that they name */
	struct card_name card_name; /* set if PINs were asked for */
	bool present[REPORT_APPS];
	bool phone;		  /* by the label; or the label is unknown, and the authentication certificate needs a PIN */
	unsigned reads_recovered; /* READs that failed, and succeeded after a SELECT of the file */
	unsigned pins;		  /* bits 1 << enum report_pin: the PINs that the user chose */
};

enum report_pin {
	REPORT_PIN_AUTH,
	REPORT_PIN_SIGN,
	REPORT_PIN_TEXT,
	REPORT_PIN_CODE_A, /* of Card Surface */
	REPORT_PIN_CODE_B, /* of Card Surface */
	REPORT_PIN_BIRTH,
	REPORT_PIN_LICENCE,
	REPORT_PINS
};

/* Selects an application by its full AID. Returns the status word. */
unsigned probe_select(struct report *report, enum report_app app);

/* Returns the name of an application. */
const char *probe_app_name(enum report_app app);

/* Reads the selected file with short commands, up to ANSWER_MAX bytes, into link.answer. False if the reader failed, or if the file is not
 * empty but cannot be read; link.answer then has the status word of the first READ. */
bool probe_read_all(struct report *report);

/* Report on the ATR, on the applications, on their files, and on single commands. They send no PIN. */
void probe_atr(struct report *report);
void probe_platform(struct report *report);
void probe_applications(struct report *report);
void probe_files(struct report *report);
void probe_availability(struct report *report);
void probe_read_edges(struct report *report);
void probe_commands(struct report *report);

/* Report on the open questions of the licence and residence applications: status words, lengths and forms, no content. With the licence
 * PIN, or if the card wants none, also on the form of the licence record. */
void probe_licence(struct report *report);
void probe_residence(struct report *report);

/* Reports the faults of the reader or the card that all other probes have met. Call it last. */
void probe_reader_faults(struct report *report);

/* Reports the tries left of each PIN, by queries. */
void probe_counters(struct report *report);

/* Send the PIN of a key, report on its signatures, and on the events that end the verification. */
void probe_auth_key(struct report *report);
void probe_sign_key(struct report *report);

/* Send the chosen PINs of Input Support and Card Surface, and check the records that they open. */
void probe_text_records(struct report *report);
void probe_surface_records(struct report *report);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the report says of a numbered fact of docs/card.md. */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include <stdbool.h>

enum verdict {
	CONFIRMED,
	CONTRADICTED,
	ABSENT,	   /* this card does not have what the fact is about */
	NOT_TRIED, /* no PIN, no reader, no CA key for it */
	UNFIT,	   /* the records of this card are not what was issued to it, or the fact is wrong: one card alone does not tell */
};

/* Prints one line: number, verdict, and what was seen. FORMAT must be given no personal value, lengths only. */
void verdict(enum verdict what, const char *fact, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* CONFIRMED if HOLDS, else CONTRADICTED, or UNFIT. */
enum verdict verdict_of(bool holds);
enum verdict verdict_of_record(bool holds);

/* Prints how many facts were confirmed, contradicted, and so on, and what it means that some do not fit. */
void verdict_summary(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints the result for each numbered fact of docs/card.md, and a summary block to paste into an issue. */
#ifndef REPORT_FACTS_H
#define REPORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>

enum fact_result {
	CONFIRMED,
	CONTRADICTED,
	ABSENT,	   /* this card does not have the subject of the fact */
	NOT_TRIED, /* a PIN, a reader or a CA key is missing */
	UNFIT,	   /* the records were not issued to this card, or the fact is wrong; a single card cannot show which */
	MEASURED,  /* the fact states no value; the measured value is printed */
};

/* A line that collects several findings. It is truncated with "..." if it gets too long. */
struct line {
	char text[512];
	size_t len;
};

/* Prints one line: the number of the fact, the result, and the observation. Never pass a personal value to FORMAT, only lengths and status
 * words. */
void report_fact(enum fact_result what, const char *fact, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* CONFIRMED if HOLDS is true, otherwise CONTRADICTED, or UNFIT for a record. */
enum fact_result result_of_check(bool holds);
enum fact_result result_of_record_check(bool holds);

/* Appends to LINE, which begins as { 0 }. The rule for FORMAT is that of report_fact(). */
void line_append(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the number of lines for each result, and explains DOES NOT FIT if it occurs. */
void facts_print_summary(void);

/* Prints the numbers of the facts sorted by result, then the lines that the reader of an issue needs. */
void facts_print_block(void);

#endif

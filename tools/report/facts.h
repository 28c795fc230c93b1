/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the report says of a numbered fact of docs/card.md, and the block at its end that goes into an issue. */
#ifndef REPORT_FACTS_H
#define REPORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>

enum fact_result {
	CONFIRMED,
	CONTRADICTED,
	ABSENT,	   /* this card does not have what the fact is about */
	NOT_TRIED, /* no PIN, no reader, no CA key for it */
	UNFIT,	   /* the records of this card are not what was issued to it, or the fact is wrong: one card alone does not tell */
	MEASURED,  /* the fact expects nothing: what was seen */
};

/* A line that is put together of several findings. What does not fit into it is cut off, and the line then ends with "...". */
struct line {
	char text[512];
	size_t len;
};

/* Prints one line: number, verdict, and what was seen. FORMAT must be given no personal value, lengths only. */
void report_fact(enum fact_result what, const char *fact, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* CONFIRMED if HOLDS, else CONTRADICTED, or UNFIT. */
enum fact_result result_of_check(bool holds);
enum fact_result result_of_record_check(bool holds);

/* Appends to LINE, which begins as { 0 }. FORMAT as of report_fact(). */
void line_append(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints how many facts were confirmed, contradicted, and so on, and what it means that some do not fit. */
void facts_print_summary(void);

/* Prints the numbers of the facts by what this card says of them, then the lines that a reader of the issue needs. */
void facts_print_block(void);

#endif

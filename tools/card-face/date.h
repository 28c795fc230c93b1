/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dates of the card, YYYYMMDD in the Gregorian calendar, and their Japanese era year (元号), as the card shows it. */
#ifndef TOOLS_DATE_H
#define TOOLS_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
	int year, month, day; /* 0: not known, and then none of those behind it */
};

struct era {
	struct date first; /* its first day */
	const char *ja, *en;
};

/* Eight digits that are a day of the calendar, else false. */
bool date_parse(const uint8_t *text, size_t len, struct date *date);

/* The same, but a date of birth of which the day, day and month, or all three are not known, and zeros (profile of the JPKI
 * certificates, 3.2). */
bool date_parse_known(const uint8_t *text, size_t len, struct date *date);

/* Negative, zero or positive, as A is before, on or after B. */
int date_compare(const struct date *a, const struct date *b);

/* The era of a day, and the year in it (1: the first, 元年). NULL before Meiji. */
const struct era *date_era(const struct date *date, int *year);

/* "1980年2月17日（昭和55年）" and "17 February 1980 (Showa 55)", or "1989年（月日不詳）" and "1989 (month and day not known)", in
 * UTF-8, cut at SIZE. */
void date_in_japanese(const struct date *date, char *text, size_t size);
void date_in_english(const struct date *date, char *text, size_t size);

/* The computer's day, in its time zone. */
struct date date_today(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parses the dates of the card (YYYYMMDD, Gregorian) and writes them with their Japanese era year (元号). */
#ifndef TOOLS_DATE_H
#define TOOLS_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
	int year, month, day; /* 0: unknown; then all members after it are also 0 */
};

struct era {
	struct date first; /* the first day of the era */
	const char *ja, *en;
};

/* Parses eight digits. False if they are no day of the calendar. */
bool date_parse(const uint8_t *text, size_t len, struct date *date);

/* The same, but also accepts a date of birth whose day, day and month, or all three are unknown and written as zeros (profile of the JPKI
 * certificates, 3.2). */
bool date_parse_known(const uint8_t *text, size_t len, struct date *date);

/* Negative, zero or positive if A is before, equal to or after B. */
int date_compare(const struct date *a, const struct date *b);

/* True if the eight digits are a day before today. */
bool date_is_over(const uint8_t *text, size_t len);

/* Returns the era of a day, and the year within it (1 is 元年). NULL before Meiji. */
const struct era *date_era(const struct date *date, int *year);

/* Write "1980年2月17日（昭和55年）" and "17 February 1980 (Showa 55)", or "1989年（月日不詳）" and "1989 (month and day not known)", in
 * UTF-8, truncated to SIZE bytes. */
void date_in_japanese(const struct date *date, char *text, size_t size);
void date_in_english(const struct date *date, char *text, size_t size);

/* Writes "1980-02-17", or as much of it as is known: "1980-02", "1980" or "". */
#define DATE_ISO_SIZE sizeof("YYYY-MM-DD")
void date_in_iso(const struct date *date, char text[DATE_ISO_SIZE]);

/* Returns today's date in the local time zone. */
struct date date_today(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-date.h"

#include <stdbool.h>

#define DATE_DIGITS 7 /* era, and two digits each of year, month and day */
#define DECEMBER    12

/* The year before the first one of an era, by the era's digit. Dates beyond the end of an era are written, too. */
static const unsigned era_bases[] = {[1] = 1867 /* 明治 */, [2] = 1911 /* 大正 */, [3] = 1925 /* 昭和 */, [4] = 1988 /* 平成 */, [5] = 2018 /* 令和 */};
#define ERAS (sizeof(era_bases) / sizeof(era_bases[0]))

static bool
is_all_digits(const uint8_t *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

static unsigned
two_digits(const uint8_t *digits)
{
	return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

static unsigned
days_of_month(unsigned year, unsigned month)
{
	static const unsigned char days[DECEMBER + 1] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month];
}

static void
put_digits(char *out, unsigned number, unsigned digits)
{
	while (digits > 0) {
		out[--digits] = (char)('0' + number % 10);
		number /= 10;
	}
}

enum licence_date
licence_date_convert(const uint8_t *value, size_t len, char text[LICENCE_DATE_MAX])
{
	unsigned era, year, month, day;

	text[0] = '\0';
	if (len == 0)
		return LICENCE_NO_DATE;
	if (len != DATE_DIGITS || !is_all_digits(value, len))
		return LICENCE_BAD_DATE;
	era = (unsigned)(value[0] - '0');
	year = two_digits(value + 1);
	month = two_digits(value + 3);
	day = two_digits(value + 5);
	if (era < ERAS && year == 0 && month == 0 && day == 0)
		return LICENCE_NO_DATE;
	if (era == 0 || era >= ERAS || year == 0 || month == 0 || month > DECEMBER)
		return LICENCE_BAD_DATE;
	year += era_bases[era];
	if (day == 0 || day > days_of_month(year, month))
		return LICENCE_BAD_DATE;
	put_digits(text, year, 4);
	put_digits(text + 4, month, 2);
	put_digits(text + 6, day, 2);
	text[LICENCE_DATE_MAX - 1] = '\0';
	return LICENCE_DATE;
}

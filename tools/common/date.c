/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "date.h"

#include <stdio.h>
#include <time.h>

#define DATE_DIGITS 8

/* The eras (元号), newest first, each with its first day: 元号法, and the cabinet orders before it. */
static const struct era eras[] = {
		{{2019, 5, 1}, "令和", "Reiwa"},
		{{1989, 1, 8}, "平成", "Heisei"},
		{{1926, 12, 25}, "昭和", "Showa"},
		{{1912, 7, 30}, "大正", "Taisho"},
		{{1868, 10, 23}, "明治", "Meiji"},
};

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"};

static int
days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

static bool
date_is_valid(const struct date *date)
{
	return date->year >= 1 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
	       date->day <= days_in_month(date->year, date->month);
}

static int
parse_digits(const uint8_t *digits, size_t count)
{
	int value = 0;
	size_t i;

	for (i = 0; i < count; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

static bool
parse_date_digits(const uint8_t *text, size_t len, struct date *date)
{
	size_t i;

	if (len != DATE_DIGITS)
		return false;
	for (i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	*date = (struct date){parse_digits(text, 4), parse_digits(text + 4, 2), parse_digits(text + 6, 2)};
	return true;
}

bool
date_parse(const uint8_t *text, size_t len, struct date *date)
{
	return parse_date_digits(text, len, date) && date_is_valid(date);
}

bool
date_parse_known(const uint8_t *text, size_t len, struct date *date)
{
	if (!parse_date_digits(text, len, date))
		return false;
	if (date->day != 0)
		return date_is_valid(date);
	return date->month == 0 || (date->year != 0 && date->month <= 12);
}

int
date_compare(const struct date *a, const struct date *b)
{
	if (a->year != b->year)
		return a->year - b->year;
	return a->month != b->month ? a->month - b->month : a->day - b->day;
}

bool
date_is_over(const uint8_t *text, size_t len)
{
	struct date date, today = date_today();

	return date_parse(text, len, &date) && date_compare(&date, &today) < 0;
}

const struct era *
date_era(const struct date *date, int *year)
{
	size_t i;

	for (i = 0; i < sizeof(eras) / sizeof(eras[0]); i++) {
		if (date_compare(date, &eras[i].first) < 0)
			continue;
		*year = date->year - eras[i].first.year + 1;
		return &eras[i];
	}
	return NULL;
}

/* Writes the date without an era, because the era depends on the day. */
static void
write_partial_date_in_japanese(const struct date *date, char *text, size_t size)
{
	if (date->year == 0)
		snprintf(text, size, "不詳");
	else if (date->month == 0)
		snprintf(text, size, "%d年（月日不詳）", date->year);
	else
		snprintf(text, size, "%d年%d月（日不詳）", date->year, date->month);
}

static void
write_partial_date_in_english(const struct date *date, char *text, size_t size)
{
	if (date->year == 0)
		snprintf(text, size, "not known");
	else if (date->month == 0)
		snprintf(text, size, "%d (month and day not known)", date->year);
	else
		snprintf(text, size, "%s %d (day not known)", months[date->month - 1], date->year);
}

void
date_in_japanese(const struct date *date, char *text, size_t size)
{
	int year = 0;
	const struct era *era = date_era(date, &year);
	char era_year[32] = "";

	if (date->day == 0) {
		write_partial_date_in_japanese(date, text, size);
		return;
	}
	if (era != NULL && year == 1)
		snprintf(era_year, sizeof(era_year), "（%s元年）", era->ja);
	else if (era != NULL)
		snprintf(era_year, sizeof(era_year), "（%s%d年）", era->ja, year);
	snprintf(text, size, "%d年%d月%d日%s", date->year, date->month, date->day, era_year);
}

void
date_in_english(const struct date *date, char *text, size_t size)
{
	int year = 0;
	const struct era *era = date_era(date, &year);
	char era_year[32] = "";

	if (date->day == 0) {
		write_partial_date_in_english(date, text, size);
		return;
	}
	if (era != NULL)
		snprintf(era_year, sizeof(era_year), " (%s %d)", era->en, year);
	snprintf(text, size, "%d %s %d%s", date->day, months[date->month - 1], date->year, era_year);
}

void
date_in_iso(const struct date *date, char text[DATE_ISO_SIZE])
{
	static const size_t lengths[] = {sizeof("YYYY-MM-DD"), sizeof("YYYY-MM"), sizeof("YYYY"), sizeof("")};
	size_t unknown = (date->day == 0) + (date->month == 0) + (date->year == 0);

	snprintf(text, lengths[unknown], "%04d-%02d-%02d", date->year % 10000, date->month % 100, date->day % 100);
}

struct date
date_today(void)
{
	time_t now = time(NULL);
	struct tm tm = {0};

	localtime_r(&now, &tm);
	return (struct date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Converts the dates of the licence record, which count the years of an era (docs/card.md 11.17, 11.18). */
#ifndef MYNUMBER_LICENCE_DATE_H
#define MYNUMBER_LICENCE_DATE_H

#include <stddef.h>
#include <stdint.h>

/* The size of a buffer for YYYYMMDD and a final NUL. */
#define LICENCE_DATE_MAX 9

enum licence_date {
	LICENCE_DATE,	 /* a date of the calendar */
	LICENCE_NO_DATE, /* the record states that there is none */
	LICENCE_BAD_DATE
};

/* Converts a value of LEN bytes, an era and YYMMDD, to YYYYMMDD. *TEXT is empty if there is no date. */
enum licence_date licence_date_convert(const uint8_t *value, size_t len, char text[LICENCE_DATE_MAX]);

#endif

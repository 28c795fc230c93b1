/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-record.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX	 80 /* bytes in the longest text of a record */
#define EUC_BIT		 0x80
#define LENGTH_SHORT_MAX 0x7F
#define LENGTH_ONE_BYTE	 0x81
#define LENGTH_TWO_BYTES 0x82
#define FIRST_CONDITIONS 4 /* the others stand behind the first two images */

static const struct {
	unsigned first, last;
	size_t maximum;
} maxima[] = {
		{LICENCE_HISTORY_DATE, LICENCE_HISTORY_DATE, 7},
		{LICENCE_HISTORY_CATEGORY, LICENCE_HISTORY_CATEGORY, 1},
		{LICENCE_COLOUR, LICENCE_COLOUR, 6},
		{LICENCE_EXPIRY, LICENCE_EXPIRY, 7},
		{LICENCE_CONDITION_1, LICENCE_IMAGE_1 - 1, 80},
		{LICENCE_IMAGE_1, LICENCE_CONDITION_5 - 1, 256},
		{LICENCE_CONDITION_5, LICENCE_IMAGE_3 - 1, 80},
		{LICENCE_IMAGE_3, LICENCE_REMARK_1 - 1, 256},
		{LICENCE_REMARK_1, LICENCE_NUMBER - 1, 80},
		{LICENCE_NUMBER, LICENCE_HISTORY_NUMBER, 12},
		{LICENCE_TWO_WHEEL_DATE, LICENCE_SECOND_CLASS_DATE, 7},
		{LICENCE_CLASS_FIRST, LICENCE_CLASS_LAST, 1},
		{LICENCE_RESERVED_1, LICENCE_PHOTO - 1, 7},
		{LICENCE_PHOTO, LICENCE_PHOTO, 2000},
		{LICENCE_SIGNATURE, LICENCE_SIGNATURE, 256},
		{LICENCE_SIGNER_SERIAL, LICENCE_SIGNER_SERIAL, 16},
		{LICENCE_SIGNER_RESERVED, LICENCE_SIGNER_RESERVED, 48},
		{LICENCE_ISSUER, LICENCE_ISSUER, 80},
		{LICENCE_SUBJECT, LICENCE_SUBJECT, 130},
		{LICENCE_KEY_ID, LICENCE_KEY_ID, 32},
};

/* The first day of each era as YYYYMMDD, the latest first, and the year before its first one. */
static const struct {
	const char *first_day;
	char digit;
	int year_before;
} eras[] = {
		{"20190501", '5', 2018},
		{"19890108", '4', 1988},
		{"19261225", '3', 1925},
		{"19120730", '2', 1911},
		{"18680125", '1', 1867},
};

struct bytes *
licence_value(struct licence_record *record, unsigned tag)
{
	return &record->values[tag - LICENCE_FIRST_TAG];
}

unsigned
licence_condition_tag(unsigned number)
{
	return number < FIRST_CONDITIONS ? LICENCE_CONDITION_1 + number : LICENCE_CONDITION_5 + number - FIRST_CONDITIONS;
}

size_t
licence_maximum(unsigned tag)
{
	size_t i;

	for (i = 0; i < sizeof(maxima) / sizeof(maxima[0]); i++)
		if (tag >= maxima[i].first && tag <= maxima[i].last)
			return maxima[i].maximum;
	return 0;
}

/* Some systems have this character set in a package of its own. */
static iconv_t
open_converter(void)
{
	iconv_t converter = iconv_open("EUC-JP", "UTF-8");

	if (converter == (iconv_t)-1) {
		fprintf(stderr, "virtual card: the C library cannot convert to EUC-JP. Install its further character sets (glibc-gconv-extra).\n");
		exit(1);
	}
	return converter;
}

/* Converts UTF-8 to EUC-JP, of which all characters must have two bytes with bit 8. Returns the length; 0: impossible. */
static size_t
to_euc(const char *utf8, uint8_t euc[TEXT_MAX])
{
	iconv_t converter = open_converter();
	char *copy = strdup(utf8), *in = copy, *out = (char *)euc;
	size_t in_left = strlen(utf8), out_left = TEXT_MAX, i;
	bool good = copy != NULL && iconv(converter, &in, &in_left, &out, &out_left) == 0;

	iconv_close(converter);
	free(copy);
	for (i = 0; good && i < TEXT_MAX - out_left; i++)
		good = (euc[i] & EUC_BIT) != 0;
	return good ? TEXT_MAX - out_left : 0;
}

void
licence_add_text(struct licence_record *record, unsigned tag, const char *utf8)
{
	uint8_t text[TEXT_MAX];
	size_t len = to_euc(utf8, text), i;

	if (len == 0 || len > licence_maximum(tag)) {
		fprintf(stderr, "virtual card: \"%s\" is no text of the licence: %zu full-width characters at most\n", utf8, licence_maximum(tag) / 2);
		exit(1);
	}
	for (i = 0; i < len; i++)
		text[i] &= (uint8_t)~EUC_BIT;
	bytes_add(licence_value(record, tag), text, len);
}

void
licence_add_date(struct licence_record *record, unsigned tag, const char *date)
{
	char text[16];
	size_t i;

	for (i = 0; *date != '\0' && i < sizeof(eras) / sizeof(eras[0]); i++)
		if (strcmp(date, eras[i].first_day) >= 0) {
			snprintf(text, sizeof(text), "%c%02d%.4s", eras[i].digit, atoi(date) / 10000 - eras[i].year_before, date + 4);
			bytes_add(licence_value(record, tag), text, strlen(text));
			return;
		}
}

static void
add_object(struct bytes *record, unsigned tag, const struct bytes *value, bool long_form)
{
	uint8_t head[5];
	size_t n = 0;

	if (tag > UINT8_MAX)
		head[n++] = (uint8_t)(tag >> 8);
	head[n++] = (uint8_t)tag;
	if (long_form && value->len <= UINT8_MAX) {
		head[n++] = LENGTH_ONE_BYTE;
	} else if (value->len > LENGTH_SHORT_MAX) {
		head[n++] = LENGTH_TWO_BYTES;
		head[n++] = (uint8_t)(value->len >> 8);
	}
	head[n++] = (uint8_t)value->len;
	bytes_add(record, head, n);
	bytes_add(record, value->data, value->len);
}

struct bytes
licence_encode(const struct licence_record *record, unsigned first, unsigned last, bool long_form)
{
	struct bytes bytes = {0};
	unsigned tag;

	for (tag = first; tag <= last; tag++)
		add_object(&bytes, tag, &record->values[tag - LICENCE_FIRST_TAG], long_form);
	return bytes;
}

void
licence_record_free(struct licence_record *record)
{
	unsigned i;

	for (i = 0; i < LICENCE_TAG_COUNT; i++)
		bytes_free(&record->values[i]);
}

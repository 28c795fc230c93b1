/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "x509-time.h"

#include <time.h>

#include <openssl/asn1.h>

#define ONE_DAY	    (24 * 60 * 60)
#define JAPAN_AHEAD (9 * 60 * 60) /* Japan's time zone, which has no summer time, is ahead of UTC */

static ASN1_TIME *
decode_time(const struct tlv *der)
{
	const unsigned char *start = der->start;

	return d2i_ASN1_TIME(NULL, &start, (long)(der->header + der->len));
}

bool
x509_time_read(struct x509_time *time, const struct tlv *der)
{
	ASN1_TIME *decoded = decode_time(der);
	int days = 0, seconds = 0;
	struct tm parts;
	time_t there;
	bool good = decoded != NULL && ASN1_TIME_diff(&days, &seconds, NULL, decoded) == 1 && ASN1_TIME_to_tm(decoded, &parts) == 1;

	ASN1_TIME_free(decoded);
	if (!good)
		return false;
	time->seconds_left = (long long)days * ONE_DAY + seconds;
	there = timegm(&parts) + JAPAN_AHEAD;
	return gmtime_r(&there, &parts) != NULL && strftime(time->date, sizeof(time->date), "%Y-%m-%d", &parts) == sizeof(time->date) - 1;
}

long long
x509_time_days_left(const struct x509_time *time)
{
	return time->seconds_left / ONE_DAY;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the dates of certificates (RFC 5280, 4.1.2.5). */
#ifndef MYNUMBER_X509_TIME_H
#define MYNUMBER_X509_TIME_H

#include <stdbool.h>

#include "card-driver/card/tlv.h"

struct x509_time {
	long long seconds_left;		 /* from now; negative: in the past */
	char date[sizeof("YYYY-MM-DD")]; /* the day in Japan */
};

/* Reads a UTCTime or GeneralizedTime. False if it is not a valid time. */
bool x509_time_read(struct x509_time *time, const struct tlv *der);

/* Whole days from now, rounded towards zero. */
long long x509_time_days_left(const struct x509_time *time);

#endif

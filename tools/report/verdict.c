/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const words[] = {
		[CONFIRMED] = "confirmed",
		[CONTRADICTED] = "CONTRADICTED",
		[ABSENT] = "absent",
		[NOT_TRIED] = "not tried",
		[UNFIT] = "DOES NOT FIT",
};

static unsigned counts[sizeof(words) / sizeof(words[0])];

enum verdict
verdict_of(bool holds)
{
	return holds ? CONFIRMED : CONTRADICTED;
}

enum verdict
verdict_of_record(bool holds)
{
	return holds ? CONFIRMED : UNFIT;
}

void
verdict(enum verdict what, const char *fact, const char *format, ...)
{
	va_list args;

	counts[what]++;
	printf("%-5s %-12s  ", fact, words[what]);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

void
verdict_summary(void)
{
	size_t i;

	printf("\nfacts of docs/card.md:");
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		printf("%s %u %s", i == 0 ? "" : ",", counts[i], words[i]);
	putchar('\n');
	if (counts[UNFIT] > 0)
		puts("DOES NOT FIT: the records of this card are not those that were issued to it, or the fact is wrong. Another card tells which.");
}

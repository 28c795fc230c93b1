/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "facts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define BIT(what)    (1u << (what))

#define FACTS_MAX   128
#define DETAILS_MAX 8192
#define CUT_OFF	    "..."

static const char *const result_words[] = {
		[CONFIRMED] = "confirmed",
		[CONTRADICTED] = "CONTRADICTED",
		[ABSENT] = "absent",
		[NOT_TRIED] = "not tried",
		[UNFIT] = "DOES NOT FIT",
		[MEASURED] = "measured",
};

/* The facts that docs/card.md grades as inferred, contradictory or unknown (D, ?, –). Every report helps to decide them. */
static const char *const open_facts[] = {"4.13", "4.14", "4.17", "5.13", "5.14", "5.15", "5.17", "5.18", "5.19", "8.5", "11.8", "11.14", "11.18", "11.24"};

static unsigned result_counts[COUNT(result_words)];

/* The facts that were reported, with a bit for each result. */
static struct {
	const char *number;
	unsigned verdicts;
} facts[FACTS_MAX];
static size_t facts_count;

/* The lines of the block for an issue. */
static char details[DETAILS_MAX];
static size_t details_len;
static bool details_cut;

enum fact_result
result_of_check(bool holds)
{
	return holds ? CONFIRMED : CONTRADICTED;
}

enum fact_result
result_of_record_check(bool holds)
{
	return holds ? CONFIRMED : UNFIT;
}

static void
add_fact(enum fact_result what, const char *number)
{
	size_t i = 0;

	while (i < facts_count && strcmp(facts[i].number, number) != 0)
		i++;
	if (i == FACTS_MAX)
		return;
	facts[i].number = number;
	facts[i].verdicts |= BIT(what);
	if (i == facts_count)
		facts_count++;
}

static void
add_detail(enum fact_result what, const char *number, const char *text)
{
	size_t room = sizeof(details) - details_len;
	int len = snprintf(details + details_len, room, "  %s %s: %s\n", number, result_words[what], text);

	if (len >= 0 && (size_t)len < room)
		details_len += (size_t)len;
	else {
		details[details_len] = '\0';
		details_cut = true;
	}
}

__attribute__((format(printf, 2, 0))) static void
append_text(struct line *line, const char *format, va_list args)
{
	size_t room = sizeof(line->text) - line->len;
	int len = vsnprintf(line->text + line->len, room, format, args);

	if (len >= 0 && (size_t)len < room) {
		line->len += (size_t)len;
		return;
	}
	line->len = sizeof(line->text) - sizeof(CUT_OFF);
	memcpy(line->text + line->len, CUT_OFF, sizeof(CUT_OFF));
}

void
line_append(struct line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	append_text(line, format, args);
	va_end(args);
}

void
report_fact(enum fact_result what, const char *fact, const char *format, ...)
{
	struct line line = {.len = 0};
	va_list args;

	va_start(args, format);
	append_text(&line, format, args);
	va_end(args);
	result_counts[what]++;
	add_fact(what, fact);
	printf("%-5s %-12s  %s\n", fact, result_words[what], line.text);
	if (what == CONTRADICTED || what == UNFIT || what == MEASURED)
		add_detail(what, fact, line.text);
}

void
facts_print_summary(void)
{
	size_t i;

	printf("\nfacts of docs/card.md:");
	for (i = 0; i < COUNT(result_words); i++)
		printf("%s %u %s", i == 0 ? "" : ",", result_counts[i], result_words[i]);
	putchar('\n');
	if (result_counts[UNFIT] > 0)
		puts("DOES NOT FIT: the records are not those that were issued to this card, or the fact is wrong. A report of another card shows which.");
}

/* Sorts as docs/card.md does: by section, then by number. */
static int
compare_facts(const void *a, const void *b)
{
	char *rest_a, *rest_b;
	long section_a = strtol(*(const char *const *)a, &rest_a, 10), section_b = strtol(*(const char *const *)b, &rest_b, 10);

	if (section_a != section_b)
		return section_a < section_b ? -1 : 1;
	return atoi(rest_a + 1) - atoi(rest_b + 1);
}

/* Returns the most important result of a fact that was tried several times. */
static enum fact_result
overall_result(unsigned verdicts)
{
	static const enum fact_result order[] = {CONTRADICTED, UNFIT, CONFIRMED, MEASURED, NOT_TRIED};
	size_t i;

	for (i = 0; i < COUNT(order); i++)
		if (verdicts & BIT(order[i]))
			return order[i];
	return ABSENT;
}

static bool
is_open_fact(const char *number)
{
	size_t i;

	for (i = 0; i < COUNT(open_facts); i++)
		if (strcmp(open_facts[i], number) == 0)
			return true;
	return false;
}

static void
print_facts_with_result(const char *title, enum fact_result what)
{
	bool any = false;
	size_t i;

	printf("%s:", title);
	for (i = 0; i < facts_count; i++)
		if (overall_result(facts[i].verdicts) == what) {
			printf(" %s", facts[i].number);
			any = true;
		}
	puts(any ? "" : " none");
}

static void
print_settled(void)
{
	bool any = false;
	size_t i;

	fputs("settles:", stdout);
	for (i = 0; i < facts_count; i++) {
		enum fact_result what = overall_result(facts[i].verdicts);

		if (!is_open_fact(facts[i].number) || what == NOT_TRIED || what == ABSENT)
			continue;
		printf("%s %s %s", any ? "," : "", facts[i].number, result_words[what]);
		any = true;
	}
	puts(any ? "" : " none");
}

void
facts_print_block(void)
{
	qsort(facts, facts_count, sizeof(facts[0]), compare_facts);
	print_settled();
	print_facts_with_result("contradicts", CONTRADICTED);
	print_facts_with_result("does not fit", UNFIT);
	print_facts_with_result("confirms", CONFIRMED);
	print_facts_with_result("absent", ABSENT);
	print_facts_with_result("not tried", NOT_TRIED);
	fputs(details, stdout);
	if (details_cut)
		puts("  This block is not complete. Please post the whole report.");
}

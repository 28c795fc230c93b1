/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pins.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/common/code-b.h"
#include "tools/common/prompt.h"
#include "facts.h"

#define INS_VERIFY	  0x20
#define PIN_OF_CURRENT_EF 0x80
#define PIN_MAX		  16
#define LINE_SIZE	  64 /* a line that is longer than any PIN is noticed */
#define TRIES_SAFE	  2

static const struct {
	const char *name;
	const char *fact;
	const char *prompt;
	enum report_app app;
	unsigned id;
	size_t min, max;
} pins[REPORT_PINS] = {
		[REPORT_PIN_AUTH] = {"auth", "4.1", "User Authentication PIN (利用者証明用電子証明書, 4 digits): ", REPORT_JPKI, 0x0018, 4, 4},
		[REPORT_PIN_SIGN] = {"sign", "4.2", "Digital Signature PIN (署名用電子証明書, 6 to 16): ", REPORT_JPKI, 0x001B, 6, 16},
		[REPORT_PIN_TEXT] = {"text", "4.3", "Input Support PIN (券面事項入力補助用, 4 digits): ", REPORT_TEXT, 0x0011, 4, 4},
		[REPORT_PIN_CODE_A] = {"code-a", "4.5", "Card Surface code A (照合番号A, the 12 digits of the My Number): ", REPORT_SURFACE, 0x0013, 12, 12},
		[REPORT_PIN_CODE_B] = {"code-b", "4.6", NULL, REPORT_SURFACE, 0x0012, 14, 14},
		[REPORT_PIN_BIRTH] = {"birth", "4.7", "birth date code (生年月日, the first 6 digits of code B): ", REPORT_SURFACE, 0x0011, 6, 6},
		[REPORT_PIN_LICENCE] = {"licence", "11.6", "Driving Licence PIN (免許証, 4 digits): ", REPORT_LICENCE, 0x0006, 4, 4},
};

static char entered_pins[REPORT_PINS][PIN_MAX + 1];

/* The PINs whose tries are queried. This program does not send all of them. */
static const struct {
	const char *fact;
	enum report_app app;
	unsigned id;
	unsigned tries;
	const char *name;
} counters[] = {
		{"4.1", REPORT_JPKI, 0x0018, 3, "user authentication PIN"},
		{"4.2", REPORT_JPKI, 0x001B, 5, "digital signature PIN"},
		{"4.3", REPORT_TEXT, 0x0011, 3, "Input Support PIN"},
		{"4.4", REPORT_JUKI, 0x001C, 3, "Resident Registry PIN"},
		{"4.4", REPORT_COMMON, 0x001C, 3, "Resident Registry PIN, second copy"},
		{"4.5", REPORT_TEXT, 0x0014, 10, "Input Support code A"},
		{"4.5", REPORT_SURFACE, 0x0013, 10, "Card Surface code A"},
		{"4.6", REPORT_TEXT, 0x0015, 10, "Input Support code B"},
		{"4.6", REPORT_SURFACE, 0x0012, 10, "Card Surface code B"},
		{"4.7", REPORT_SURFACE, 0x0011, 10, "birth date code"},
};

static bool
pin_has_form(enum report_pin pin, const char *line)
{
	bool digits = pins[pin].max == pins[pin].min;
	size_t len = strlen(line), i;

	for (i = 0; i < len; i++)
		if (digits ? isdigit((unsigned char)line[i]) == 0 : isalnum((unsigned char)line[i]) == 0)
			return false;
	return len >= pins[pin].min && len <= pins[pin].max;
}

static int
prompt_pin(enum report_pin pin)
{
	char line[LINE_SIZE] = "";
	bool good = prompt_secret(pins[pin].prompt, line, sizeof(line)) && pin_has_form(pin, line);
	size_t i;

	for (i = 0; good && line[i] != '\0'; i++)
		entered_pins[pin][i] = (char)toupper((unsigned char)line[i]);
	explicit_bzero(line, sizeof(line));
	if (!good)
		complain("the input is not of the form of this PIN. It was not sent to the card.");
	return good ? 0 : -1;
}

static int
prompt_pin_code_b(const struct card_name *name)
{
	struct code_b code = {0};
	enum outcome outcome = code_b_prompt(&code, name);

	_Static_assert(sizeof(code.digits) <= sizeof(entered_pins[0]), "room for code B");
	memcpy(entered_pins[REPORT_PIN_CODE_B], code.digits, sizeof(code.digits));
	code_b_clear(&code);
	return outcome == OUTCOME_GENUINE ? 0 : -1;
}

static int
prompt_named_pin(struct report *report, const char *name)
{
	size_t i;

	for (i = 0; i < REPORT_PINS; i++)
		if (strcmp(pins[i].name, name) == 0) {
			report->pins |= 1u << i;
			return i == REPORT_PIN_CODE_B ? prompt_pin_code_b(&report->card_name) : prompt_pin((enum report_pin)i);
		}
	fprintf(stderr, "opensc-mynumber-report: there is no PIN %s. Choose from auth, sign, text, code-a, code-b, birth and licence.\n", name);
	return -1;
}

int
pins_prompt(struct report *report, const char *list)
{
	char *copy = strdup(list), *rest = NULL, *name;
	int r = copy == NULL ? -1 : 0;

	for (name = copy == NULL ? NULL : strtok_r(copy, ",", &rest); name != NULL && r == 0; name = strtok_r(NULL, ",", &rest))
		r = prompt_named_pin(report, name);
	free(copy);
	return r;
}

void
pins_clear(void)
{
	explicit_bzero(entered_pins, sizeof(entered_pins));
}

bool
pin_was_entered(const struct report *report, enum report_pin pin)
{
	return report->pins & 1u << pin;
}

/* Only the licence PIN is named by its short EF identifier even after SELECT of its file (docs/card.md 11.6). */
static unsigned
selected_pin_p2(enum report_pin pin)
{
	return pin == REPORT_PIN_LICENCE ? PIN_OF_CURRENT_EF | pins[pin].id : PIN_OF_CURRENT_EF;
}

unsigned
pin_query_by(struct link *link, unsigned p2)
{
	return link_send(link, 0x00, INS_VERIFY, 0x00, p2, NULL, 0, 0);
}

unsigned
pin_query(struct link *link)
{
	return pin_query_by(link, PIN_OF_CURRENT_EF);
}

static bool
tells_tries_left(unsigned sw)
{
	return (sw & 0xFFF0) == 0x63C0;
}

static bool
tells_blocked(unsigned sw)
{
	return sw == 0x63C0 || sw == 0x6983 || sw == 0x6984;
}

static void
report_tries_left(size_t i, unsigned sw, unsigned by_sfi)
{
	if (tells_blocked(sw))
		report_fact(result_of_check(sw == 0x63C0), "4.13", "%s is blocked: the query answers %04X", counters[i].name, sw);
	else if (tells_tries_left(sw))
		report_fact(result_of_check((sw & 0xF) <= counters[i].tries), counters[i].fact, "%s: %u of %u tries left", counters[i].name, sw & 0xF, counters[i].tries);
	else
		report_fact(CONTRADICTED, "4.12", "%s: the query answers %04X", counters[i].name, sw);
	if (i == 0)
		report_fact(result_of_check(by_sfi == sw), "4.9", "query by short EF identifier: %04X, of the selected file: %04X", by_sfi, sw);
}

/* Queries a PIN in both forms, and appends the answers to QUERIES. False if the card has that PIN, but does not tell its tries. */
static bool
probe_tries_left(struct report *report, size_t i, struct line *queries)
{
	unsigned by_sfi = link_send(&report->link, 0x00, INS_VERIFY, 0x00, PIN_OF_CURRENT_EF | counters[i].id, NULL, 0, 0);
	unsigned sw = link_select_ef(&report->link, counters[i].id);

	if (sw != SW_OK) {
		report_fact(sw == SW_NOT_FOUND ? ABSENT : CONTRADICTED, counters[i].fact, "%s: SELECT answers %04X", counters[i].name, sw);
		return true;
	}
	sw = pin_query(&report->link);
	report_tries_left(i, sw, by_sfi);
	line_append(queries, "%s%s %04X %04X/%04X", queries->len == 0 ? "" : ", ", probe_app_name(counters[i].app), counters[i].id, by_sfi, sw);
	return tells_tries_left(sw) || tells_blocked(sw);
}

void
probe_counters(struct report *report)
{
	struct line queries = {.len = 0};
	bool all = true;
	size_t i;

	for (i = 0; i < COUNT(counters); i++)
		if (report->present[counters[i].app] && probe_select(report, counters[i].app) == SW_OK)
			all = probe_tries_left(report, i, &queries) && all;
	if (queries.len == 0)
		return;
	if (all)
		report_fact(CONFIRMED, "4.12", "the query of each PIN tells its tries");
	report_fact(MEASURED, "4.12", "queries by short EF identifier/of the selected file: %s", queries.text);
}

bool
pin_verify(struct report *report, enum report_pin pin)
{
	unsigned sw;

	if (probe_select(report, pins[pin].app) != SW_OK || link_select_ef(&report->link, pins[pin].id) != SW_OK)
		return false;
	sw = pin_query_by(&report->link, selected_pin_p2(pin));
	if (!tells_tries_left(sw)) {
		report_fact(NOT_TRIED, pins[pin].fact, "%s: the query answers %04X, which does not say how many tries are left, so it is not sent", pins[pin].name, sw);
		return false;
	}
	if ((sw & 0xF) < TRIES_SAFE) {
		report_fact(NOT_TRIED, pins[pin].fact, "%s: fewer than two tries are left, so it is not sent", pins[pin].name);
		return false;
	}
	sw = link_send(&report->link, 0x00, INS_VERIFY, 0x00, selected_pin_p2(pin), entered_pins[pin], strlen(entered_pins[pin]), 0);
	if (tells_tries_left(sw))
		report_fact(CONFIRMED, "4.10", "%s: wrong, the answer is %04X; it is not sent again", pins[pin].name, sw);
	else
		report_fact(result_of_check(sw == SW_OK), pins[pin].fact, "%s: VERIFY answers %04X", pins[pin].name, sw);
	if (sw != SW_OK)
		return false;
	sw = pin_query_by(&report->link, selected_pin_p2(pin));
	report_fact(result_of_check(tells_tries_left(sw)), "4.14", "%s: the query answers %04X while verified", pins[pin].name, sw);
	return true;
}

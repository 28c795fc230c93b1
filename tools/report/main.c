/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* opensc-mynumber-report: compares a card with the numbered facts of docs/card.md. Prints no personal value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "card-driver/card/card-map.h"
#include "pins.h"
#include "probes.h"
#include "tools/common/harden.h"
#include "facts.h"

static struct report report; /* too large for the stack; cleared before the program ends */

/* Prints the name of the reader without the parts in brackets, which may hold its serial number. */
static void
print_reader_name(const char *name)
{
	int depth = 0;

	fputs("reader: ", stdout);
	for (; *name != '\0'; name++) {
		depth += *name == '(' || *name == '[';
		if (depth == 0)
			putchar(*name);
		depth -= *name == ')' || *name == ']';
	}
	printf("%s\n", link_extended(&report.link) ? ", carries extended length" : "");
}

static void
print_report_head(void)
{
	const sc_card_t *card = report.link.card;
	size_t i;

	puts("opensc-mynumber-report " PLUGIN_VERSION " for OpenSC " OPENSC_VERSION);
	print_reader_name(card->reader->name);
	fputs("ATR:", stdout);
	for (i = 0; i < card->atr.len; i++)
		printf(" %02X", card->atr.value[i]);
	putchar('\n');
}

static void
report_timing(struct report *finished)
{
	static const char *const names[TIMED_COUNT] = {"SELECT", "READ 256", "VERIFY", "signature", "others"};
	struct line line = {.len = 0};
	size_t i;

	for (i = 0; i < TIMED_COUNT; i++) {
		const struct timing *timing = &finished->link.timing[i];

		if (timing->count > 0)
			line_append(&line, "%s%s %.1f (%u, longest %.1f)", line.len == 0 ? "" : ", ", names[i], timing->total / timing->count, timing->count, timing->max);
	}
	report_fact(MEASURED, "5.17", "milliseconds: %s", line.text);
}

/* Prints the short block for an issue between two marks. */
static void
print_issue_block(void)
{
	puts("\n-----8<----- please paste this into an issue (to the second line of this kind) -----8<-----");
	print_report_head();
	facts_print_block();
	puts("-----8<-----------------------------------------------------------------------------8<-----");
}

static bool
lock_card(void)
{
	int r = sc_lock(report.link.card);

	if (r != SC_SUCCESS)
		complain("another program is using the card: %s", sc_strerror(r));
	return r == SC_SUCCESS;
}

/* Names the card, then asks for the PINs. They must not be sent to another card. */
static bool
prompt_pins_of_card(const char *pins)
{
	struct card_name now;

	reader_print_card_name(report.link.card, &report.card_name);
	if (pins_prompt(&report, pins) < 0 || !lock_card())
		return false;
	card_name_read(&now, report.link.card);
	if (!card_name_equal(&now, &report.card_name))
		complain("the card was replaced. No PIN was sent. Restart the program.");
	return card_name_equal(&now, &report.card_name);
}

static int
run_probes(const char *pins, int reader)
{
	static void (*const probes[])(struct report *) = {
			probe_atr, probe_platform, probe_applications, probe_files, probe_availability, probe_read_edges, probe_commands,
			probe_counters, probe_licence, probe_residence, probe_auth_key, probe_sign_key, probe_text_records, probe_surface_records, probe_reader_faults, report_timing};
	enum outcome outcome;
	size_t i;

	outcome = link_open(&report.link, reader);
	if (outcome != OUTCOME_GENUINE)
		return (int)outcome;
	if (pins == NULL ? !lock_card() : !prompt_pins_of_card(pins))
		return EXIT_FAILURE;
	settings_load(&report.settings, report.link.ctx, application_label);
	report.settings.accept_test_cards = true; /* this program trusts nothing, it only reports */
	print_report_head();
	putchar('\n');
	for (i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
		probes[i](&report);
	facts_print_summary();
	print_issue_block();
	sc_unlock(report.link.card);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	const char *pins = NULL;
	int option, reader = READER_ANY, status;

	harden("opensc-mynumber-report");
	while ((option = getopt(argc, argv, "p:r:")) != -1) {
		if (option == 'p')
			pins = optarg;
		else if (option != 'r' || reader_parse_number("-r", optarg, &reader) != OUTCOME_GENUINE)
			return OUTCOME_USAGE;
	}
	status = run_probes(pins, reader);
	pins_clear();
	settings_free(&report.settings);
	link_close(&report.link);
	return status;
}

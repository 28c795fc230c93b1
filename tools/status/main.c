/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mynumber-card-status: dates, tries and applications of a My Number Card, and what its holder should do. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libopensc/opensc.h"

#include "tools/common/harden.h"
#include "tools/common/prompt.h"
#include "tools/common/reader.h"
#include "write.h"

#define PIN_LINE_SIZE 64 /* a line that is longer than any PIN is noticed */

/* Exit statuses, beside those of enum outcome for errors and usage. */
enum {
	EXIT_SOON = 3,
	EXIT_NOW = 4
};

struct options {
	bool json, number, signature, wait, done;
	int reader;
	enum language language;
};

static const char usage_text[] =
		"Usage: mynumber-card-status [OPTIONS]\n"
		"\n"
		"Shows when a My Number Card (マイナンバーカード) and its certificates expire, how many tries each PIN and code has left,\n"
		"which applications are there, and what to do. Sends no PIN unless --signature is given.\n"
		"\n"
		"  -j, --json            write JSON for programs\n"
		"  -n, --number          show the whole card number, not only the last four digits\n"
		"  -s, --signature       ask for the digital signature PIN, to read when that certificate expires\n"
		"  -l, --lang LANGUAGE   write ja or en (default: the language of the locale)\n"
		"  -r, --reader NUMBER   use this reader of opensc-tool --list-readers; needed if several readers have a card\n"
		"  -w, --wait            wait for a card\n"
		"  -h, --help            print this help\n"
		"  -V, --version         print the version\n"
		"\n"
		"Exit status: 0 nothing to do, 1 error, 2 usage, 3 something expires within three months, has one try left, or\n"
		"cannot be read, 4 something has expired or is blocked.\n";

static const struct option long_options[] = {
		{"json", no_argument, NULL, 'j'},
		{"number", no_argument, NULL, 'n'},
		{"signature", no_argument, NULL, 's'},
		{"lang", required_argument, NULL, 'l'},
		{"reader", required_argument, NULL, 'r'},
		{"wait", no_argument, NULL, 'w'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'},
		{NULL, 0, NULL, 0},
};

/* As setlocale() would choose, without a need for the locale to be installed. */
static enum language
locale_language(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return strncmp(value, "ja", 2) == 0 ? LANGUAGE_JA : LANGUAGE_EN;
	}
	return LANGUAGE_EN;
}

static enum outcome
set_language(struct options *options, const char *name)
{
	if (words_find_language(name, &options->language) && options->language != LANGUAGE_BOTH)
		return OUTCOME_GENUINE;
	complain("--lang takes ja or en, not %s", name);
	return OUTCOME_USAGE;
}

static enum outcome
set_option(struct options *options, int option)
{
	switch (option) {
	case 'j':
		options->json = true;
		return OUTCOME_GENUINE;
	case 'n':
		options->number = true;
		return OUTCOME_GENUINE;
	case 's':
		options->signature = true;
		return OUTCOME_GENUINE;
	case 'w':
		options->wait = true;
		return OUTCOME_GENUINE;
	case 'l':
		return set_language(options, optarg);
	case 'r':
		return reader_parse_number("--reader", optarg, &options->reader);
	case 'h':
	case 'V':
		options->done = true;
		fputs(option == 'h' ? usage_text : "mynumber-card-status " PACKAGE_VERSION "\n", stdout);
		return OUTCOME_GENUINE;
	default: /* getopt_long has said why */
		return OUTCOME_USAGE;
	}
}

static enum outcome
read_options(struct options *options, int argc, char **argv)
{
	enum outcome outcome = OUTCOME_GENUINE;
	int option;

	*options = (struct options){.reader = READER_ANY, .language = locale_language()};
	while (outcome == OUTCOME_GENUINE && !options->done && (option = getopt_long(argc, argv, "jnsl:r:whV", long_options, NULL)) != -1)
		outcome = set_option(options, option);
	if (outcome == OUTCOME_GENUINE && !options->done && optind < argc) {
		/* the argument is not repeated, because it may be a PIN */
		complain("this program takes only options. Do not write a PIN on the command line, where other users can see it.");
		outcome = OUTCOME_USAGE;
	}
	return outcome;
}

static int
write_status(const struct card_status *status, const struct options *options)
{
	static const int statuses[] = {[NOTHING_TO_DO] = EXIT_SUCCESS, [SOON] = EXIT_SOON, [NOW] = EXIT_NOW};
	struct advice advice[ADVICE_MAX];
	struct status_view view = {.status = status, .advice = advice, .whole_number = options->number, .language = options->language};

	view.advice_count = advice_find(status, advice);
	if (!options->json)
		status_write_text(&view);
	else if (!status_write_json(&view)) {
		complain("the JSON text could not be written");
		return OUTCOME_ERROR;
	}
	return statuses[advice_urgency(advice, view.advice_count)];
}

static enum outcome
read_status_with_pin(struct card_status *status, struct sc_card *card, const struct options *options)
{
	struct card_name name;
	char pin[PIN_LINE_SIZE] = "";
	enum outcome outcome = OUTCOME_MALFORMED;

	reader_print_card_name(card, &name);
	if (!options->signature)
		return card_status_read(status, card, &name, NULL);
	if (prompt_secret("Digital Signature PIN (署名用電子証明書の暗証番号): ", pin, sizeof(pin)))
		outcome = card_status_read(status, card, &name, pin);
	else
		complain("no PIN was typed. Nothing was sent to the card.");
	explicit_bzero(pin, sizeof(pin));
	return outcome == OUTCOME_MALFORMED ? OUTCOME_ERROR : outcome;
}

static int
show_status(struct sc_context *ctx, const struct options *options)
{
	struct card_status status;
	struct sc_card *card = NULL;
	enum outcome outcome = reader_open(ctx, options->reader, options->wait, &card);

	if (outcome != OUTCOME_GENUINE)
		return (int)outcome;
	outcome = read_status_with_pin(&status, card, options);
	sc_disconnect_card(card);
	return outcome == OUTCOME_GENUINE ? write_status(&status, options) : (int)outcome;
}

int
main(int argc, char **argv)
{
	struct options options;
	struct sc_context *ctx = NULL;
	enum outcome outcome = read_options(&options, argc, argv);
	int status;

	if (outcome != OUTCOME_GENUINE || options.done)
		return (int)outcome;
	harden("mynumber-card-status");
	outcome = reader_start_opensc(&ctx);
	if (outcome != OUTCOME_GENUINE)
		return (int)outcome;
	status = show_status(ctx, &options);
	sc_release_context(ctx);
	return status;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "licence.h"
#include "tools/common/code-b.h"
#include "tools/common/reader.h"

/* Options without a letter. */
enum {
	OPTION_LICENCE = 256,
	OPTION_LICENCE_PIN_FILE
};

static const char usage_text[] =
		"Usage: mynumber-card-face [OPTIONS] --output FILE\n"
		"       mynumber-card-face [OPTIONS] --text | --json\n"
		"\n"
		"Shows the face of a My Number Card (マイナンバーカードの券面事項) from its chip: photo, name, address, date of\n"
		"birth, sex, and whether the card is genuine. Needs code B (照合番号B, 14 digits printed on the card).\n"
		"\n"
		"  -o, --output FILE     write an HTML page that only you can read (default: standard output, if not a terminal)\n"
		"  -t, --text            write plain text, not HTML\n"
		"  -j, --json            write JSON for programs\n"
		"  -c, --code-file FILE  read code B from the first line of FILE (default: " CODE_B_ENV ", or the terminal)\n"
		"      --licence         show the driving licence (免許証AP) as well; needs its PIN, which is asked for separately\n"
		"      --licence-pin-file FILE  read that PIN from the first line of FILE (default: " LICENCE_PIN_ENV ", or the terminal)\n"
		"  -l, --lang LANGUAGE   write ja, en or both (default: both)\n"
		"  -r, --reader NUMBER   use this reader of opensc-tool --list-readers; needed if several readers have a card\n"
		"  -w, --wait            wait for a card\n"
		"  -h, --help            print this help\n"
		"  -V, --version         print the version\n"
		"\n"
		"Exit status: 0 genuine, 1 error, 2 usage, 3 malformed code B or PIN, 4 code B or PIN refused,\n"
		"5 read, but not everything could be checked, 6 read, but changed or copied.\n";

static const struct option long_options[] = {
		{"output", required_argument, NULL, 'o'},
		{"text", no_argument, NULL, 't'},
		{"json", no_argument, NULL, 'j'},
		{"code-file", required_argument, NULL, 'c'},
		{"licence", no_argument, NULL, OPTION_LICENCE},
		{"licence-pin-file", required_argument, NULL, OPTION_LICENCE_PIN_FILE},
		{"lang", required_argument, NULL, 'l'},
		{"reader", required_argument, NULL, 'r'},
		{"wait", no_argument, NULL, 'w'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'},
		{NULL, 0, NULL, 0},
};

static enum outcome
set_language_option(struct options *options, const char *name)
{
	if (words_find_language(name, &options->language))
		return OUTCOME_GENUINE;
	complain("--lang takes ja, en or both, not %s", name);
	return OUTCOME_USAGE;
}

static enum outcome
set_form(struct options *options, enum output_form form)
{
	if (options->form == OUTPUT_PAGE || options->form == form) {
		options->form = form;
		return OUTCOME_GENUINE;
	}
	complain("--text and --json exclude each other. Give one of them.");
	return OUTCOME_USAGE;
}

static enum outcome
print_and_finish(struct options *options, const char *text)
{
	options->done = true;
	fputs(text, stdout);
	return OUTCOME_GENUINE;
}

static enum outcome
set_option(struct options *options, int option)
{
	switch (option) {
	case 'o':
		options->output = optarg;
		return OUTCOME_GENUINE;
	case 't':
		return set_form(options, OUTPUT_TEXT);
	case 'j':
		return set_form(options, OUTPUT_JSON);
	case 'c':
		options->code_file = optarg;
		return OUTCOME_GENUINE;
	case OPTION_LICENCE:
		options->licence = true;
		return OUTCOME_GENUINE;
	case OPTION_LICENCE_PIN_FILE:
		options->licence_pin_file = optarg;
		return OUTCOME_GENUINE;
	case 'l':
		return set_language_option(options, optarg);
	case 'r':
		return reader_parse_number("--reader", optarg, &options->reader);
	case 'w':
		options->wait = true;
		return OUTCOME_GENUINE;
	case 'h':
		return print_and_finish(options, usage_text);
	case 'V':
		return print_and_finish(options, "mynumber-card-face " PACKAGE_VERSION "\n");
	default: /* getopt_long has said why */
		return OUTCOME_USAGE;
	}
}

enum outcome
options_read(struct options *options, int argc, char **argv)
{
	enum outcome outcome = OUTCOME_GENUINE;
	int option;

	*options = (struct options){.reader = READER_ANY};
	while (outcome == OUTCOME_GENUINE && !options->done &&
			(option = getopt_long(argc, argv, "o:tjc:l:r:whV", long_options, NULL)) != -1)
		outcome = set_option(options, option);
	if (outcome == OUTCOME_GENUINE && !options->done && optind < argc) {
		/* the argument is not repeated, because it may be the code */
		complain("this program takes only options. Do not write code B or a PIN on the command line, where other users can see it.");
		outcome = OUTCOME_USAGE;
	}
	if (outcome == OUTCOME_GENUINE && options->licence_pin_file != NULL && !options->licence) {
		complain("--licence-pin-file has no effect without --licence");
		outcome = OUTCOME_USAGE;
	}
	return outcome;
}

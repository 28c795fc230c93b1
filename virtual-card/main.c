/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program virtual-card provides a My Number Card to the real pcscd. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "export.h"
#include "folder.h"
#include "vpcd.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

#define VPCD_HOST "127.0.0.1"
#define VPCD_PORT "35963"

enum action {
	SERVE,
	MAKE,
	EXPORT,
	HELP,
	LIST_VARIANTS,
	VERSION
};

struct settings {
	enum action action;
	char dir[4096];
	const char *host, *port, *log, *export;
	unsigned wait;
	struct vc_variant variant;
};

static const char help[] =
		"Usage: mynumber-virtual-card [OPTION...] [DIR]\n"
		"A virtual My Number Card in the reader of vpcd, where pcscd shows it to every program.\n"
		"\n"
		"  DIR, --dir DIR   folder of the person and the card's state; made if it is missing\n"
		"                   [$VIRTUAL_CARD_DIR, else mynumber-virtual-card in your data folder]\n"
		"  --variant LIST   how this card differs, names joined by commas; may be repeated\n"
		"  --seed N         which person to make where the folder has none\n"
		"  --log FILE       append every exchange to FILE\n"
		"  --host HOST      where vpcd listens [" VPCD_HOST "]\n"
		"  --port PORT      [" VPCD_PORT "]\n"
		"  --wait SECONDS   keep trying while nobody listens [0]\n"
		"  --make           only make the person, then exit\n"
		"  --export TO      write the card's files and a transcript of commands to the new folder TO, then exit\n"
		"  --list-variants  the names that --variant knows\n"
		"  --help, --version\n";

static int
parse_number(const char *text, unsigned *number)
{
	char *end;
	unsigned long value;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > UINT_MAX) {
		fprintf(stderr, "virtual-card: %s is no number\n", text);
		return -1;
	}
	*number = (unsigned)value;
	return 0;
}

static int
set_folder(struct settings *settings, const char *name)
{
	return snprintf(settings->dir, sizeof(settings->dir), "%s", name) < (int)sizeof(settings->dir) ? 0 : -1;
}

static int
parse_option(struct settings *settings, int option, const char *value)
{
	switch (option) {
	case 'd':
		return set_folder(settings, value);
	case 'v':
		return vc_variant_parse(&settings->variant, value);
	case 's':
		return parse_number(value, &settings->variant.seed);
	case 'w':
		return parse_number(value, &settings->wait);
	case 'l':
		settings->log = value;
		return 0;
	case 'H':
		settings->host = value;
		return 0;
	case 'p':
		settings->port = value;
		return 0;
	case 'e':
		settings->action = EXPORT;
		settings->export = value;
		return 0;
	case 'm':
		settings->action = MAKE;
		return 0;
	case 'V':
		settings->action = LIST_VARIANTS;
		return 0;
	case 'h':
		settings->action = HELP;
		return 0;
	case 'n':
		settings->action = VERSION;
		return 0;
	default:
		return -1;
	}
}

static int
parse_command_line(struct settings *settings, int argc, char **argv)
{
	static const struct option options[] = {
			{"dir", required_argument, NULL, 'd'},
			{"variant", required_argument, NULL, 'v'},
			{"seed", required_argument, NULL, 's'},
			{"log", required_argument, NULL, 'l'},
			{"host", required_argument, NULL, 'H'},
			{"port", required_argument, NULL, 'p'},
			{"wait", required_argument, NULL, 'w'},
			{"export", required_argument, NULL, 'e'},
			{"make", no_argument, NULL, 'm'},
			{"list-variants", no_argument, NULL, 'V'},
			{"help", no_argument, NULL, 'h'},
			{"version", no_argument, NULL, 'n'},
			{NULL, 0, NULL, 0},
	};
	const char *names = getenv("VIRTUAL_CARD_VARIANT");
	int option;

	if (!vc_folder_default(settings->dir, sizeof(settings->dir)) || (names != NULL && vc_variant_parse(&settings->variant, names) != 0))
		return -1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (parse_option(settings, option, optarg) != 0)
			return -1;
	if (optind + 1 < argc) {
		fprintf(stderr, "virtual-card: more than one folder was named; --help lists the options\n");
		return -1;
	}
	return optind < argc ? set_folder(settings, argv[optind]) : 0;
}

/* Connects again after a removed card was inserted again. */
static int
serve(const struct settings *settings, struct virtual_card *card)
{
	enum vc_vpcd_end end = VC_VPCD_PULLED;
	int fd;

	while (end == VC_VPCD_PULLED) {
		if (vc_vpcd_wait_for_card(card) != 0 || (fd = vc_vpcd_dial(settings->host, settings->port, settings->wait)) < 0)
			return -1;
		end = vc_vpcd_serve(fd, card);
		close(fd);
	}
	return end == VC_VPCD_HUNG_UP ? 0 : -1;
}

/* Opens the card and serves it. Opening creates the person if there is none yet. */
static int
run(const struct settings *settings)
{
	static struct virtual_card card;
	static char transcript[sizeof(settings->dir)];
	const char *log = settings->log;
	int rc = 0;

	if (settings->action == EXPORT) {
		if (vc_export_log(settings->export, transcript, sizeof(transcript)) != 0)
			return -1;
		log = transcript;
	}
	if (vc_card_open(&card, settings->dir, &settings->variant, log) != 0)
		return -1;
	if (settings->action == SERVE)
		rc = serve(settings, &card);
	else if (settings->action == EXPORT)
		rc = vc_export(&card, settings->export);
	vc_card_close(&card);
	return rc;
}

int
main(int argc, char **argv)
{
	static struct settings settings = {.host = VPCD_HOST, .port = VPCD_PORT};
	int rc = 0;

	settings.log = getenv("VIRTUAL_CARD_LOG");
	if (parse_command_line(&settings, argc, argv) != 0)
		return EXIT_FAILURE;
	switch (settings.action) {
	case HELP:
		fputs(help, stdout);
		break;
	case VERSION:
		puts("mynumber-virtual-card " PACKAGE_VERSION);
		break;
	case LIST_VARIANTS:
		vc_variant_help();
		break;
	case MAKE:
	case EXPORT:
	case SERVE:
		rc = run(&settings);
		break;
	}
	return rc == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

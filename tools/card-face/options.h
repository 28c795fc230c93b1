/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parses the command line of mynumber-card-face. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <stdbool.h>

#include "tools/common/outcome.h"
#include "tools/common/words.h"

enum output_form {
	OUTPUT_PAGE,
	OUTPUT_TEXT,
	OUTPUT_JSON
};

struct options {
	const char *output;	      /* NULL: standard output */
	const char *code_file;	      /* NULL: environment or terminal */
	const char *licence_pin_file; /* the same */
	int reader;		      /* a number from 0, or READER_ANY */
	enum language language;
	enum output_form form;
	bool wait, licence;
	bool done; /* --help or --version has been printed */
};

/* Fills OPTIONS. OUTCOME_GENUINE, or OUTCOME_USAGE with a message on standard error. */
enum outcome options_read(struct options *options, int argc, char **argv);

#endif

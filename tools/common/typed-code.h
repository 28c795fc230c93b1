/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Gets a code of a fixed number of digits from the user: from a file, from the environment, or from the terminal. */
#ifndef TOOLS_TYPED_CODE_H
#define TOOLS_TYPED_CODE_H

#include <stddef.h>

#include "outcome.h"

/* A kind of code. The texts are those of the messages. */
struct code_kind {
	size_t digits;
	const char *name;	 /* "code B" */
	const char *form;	 /* what the code consists of, in lines */
	const char *prompt;	 /* ends with ": " */
	const char *environment; /* the variable that may hold the code */
	const char *option;	 /* the option that names a file with the code */
	const char *instead;	 /* a value of the same length that is accepted although it has no digits, or NULL */
};

/* These write the code to TEXT, which has room for its digits and a final NUL. They return OUTCOME_GENUINE, or OUTCOME_MALFORMED or
 * OUTCOME_ERROR with a message on standard error. */

/* Reads the first line of FILE. */
enum outcome code_read_file(const struct code_kind *kind, const char *file, char *text);

/* Takes VALUE, the value of the environment variable, and clears it there. */
enum outcome code_read_environment(const struct code_kind *kind, char *value, char *text);

/* Asks on the terminal. */
enum outcome code_read_terminal(const struct code_kind *kind, char *text);

#endif

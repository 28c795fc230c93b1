/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a program ends: its exit status, as the manual page lists them. */
#ifndef TOOLS_OUTCOME_H
#define TOOLS_OUTCOME_H

enum outcome {
	OUTCOME_GENUINE = 0,	/* the card face was read, and every check passed */
	OUTCOME_ERROR = 1,	/* no reader, no card, no memory, no file */
	OUTCOME_USAGE = 2,	/* the command line is wrong */
	OUTCOME_MALFORMED = 3,	/* no code B, or it is not of its form: nothing was sent to the card */
	OUTCOME_REFUSED = 4,	/* the card refused code B, or code B is blocked */
	OUTCOME_UNKNOWN = 5,	/* read, but not everything could be checked */
	OUTCOME_NOT_GENUINE = 6 /* read, and a check failed */
};

/* Writes "PROGRAM: ..." to standard error, with a newline. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

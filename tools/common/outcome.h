/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exit statuses of mynumber-card-face, and messages to standard error. */
#ifndef TOOLS_OUTCOME_H
#define TOOLS_OUTCOME_H

enum outcome {
	OUTCOME_GENUINE = 0,	/* the card face was read, and every check passed */
	OUTCOME_ERROR = 1,	/* no reader, no card, no memory, no file */
	OUTCOME_USAGE = 2,	/* wrong command line */
	OUTCOME_MALFORMED = 3,	/* no code B, or a malformed one; nothing was sent to the card */
	OUTCOME_REFUSED = 4,	/* the card refused code B, or code B is blocked */
	OUTCOME_UNKNOWN = 5,	/* read, but not everything could be checked */
	OUTCOME_NOT_GENUINE = 6 /* read, and a check failed */
};

/* Writes "PROGRAM: MESSAGE" and a newline to standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

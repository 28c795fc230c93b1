/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Gets a PIN or a code from the user: asks on the terminal, or reads one line. */
#ifndef TOOLS_PROMPT_H
#define TOOLS_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

/* Prints PROMPT and reads one line: from the terminal, without showing what is typed, or from standard input if there is no terminal.
 * TEXT gets the line without its end; the caller clears it. False if nothing was typed, or more than SIZE - 2 characters. */
bool prompt_secret(const char *prompt, char *text, size_t size);

/* True if the process has a terminal, so that a person can be asked a second time. */
bool prompt_has_terminal(void);

/* Reads one line, which a pipe may deliver in pieces, and nothing of the next. LINE gets up to SIZE - 1 bytes of it, without its end.
 * False with errno if reading failed. */
bool prompt_read_line(int fd, char *line, size_t size);

#endif

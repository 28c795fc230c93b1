/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "typed-code.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "prompt.h"

/* A line that is longer than the code is noticed. */
#define LINE_SIZE 64

static bool
code_has_form(const struct code_kind *kind, const char *text)
{
	if (kind->instead != NULL && strcmp(text, kind->instead) == 0)
		return true;
	return strlen(text) == kind->digits && strspn(text, "0123456789") == kind->digits;
}

static enum outcome
parse_code(const struct code_kind *kind, const char *line, const char *from, char *text)
{
	if (!code_has_form(kind, line)) {
		complain("%s is not %zu digits. Nothing was sent to the card.\n%s", from, kind->digits, kind->form);
		return OUTCOME_MALFORMED;
	}
	memcpy(text, line, kind->digits + 1);
	return OUTCOME_GENUINE;
}

enum outcome
code_read_file(const struct code_kind *kind, const char *file, char *text)
{
	char line[LINE_SIZE] = "";
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum outcome outcome = OUTCOME_ERROR;

	if (fd < 0 || !prompt_read_line(fd, line, sizeof(line)))
		complain("%s: %s", file, strerror(errno));
	else
		outcome = parse_code(kind, line, file, text);
	if (fd >= 0)
		close(fd);
	explicit_bzero(line, sizeof(line));
	return outcome;
}

enum outcome
code_read_environment(const struct code_kind *kind, char *value, char *text)
{
	enum outcome outcome = parse_code(kind, value, kind->environment, text);

	explicit_bzero(value, strlen(value));
	return outcome;
}

enum outcome
code_read_terminal(const struct code_kind *kind, char *text)
{
	char line[LINE_SIZE] = "";
	enum outcome outcome = OUTCOME_MALFORMED;

	fputs(kind->form, stderr);
	if (prompt_secret(kind->prompt, line, sizeof(line)))
		outcome = parse_code(kind, line, "the typed code", text);
	else
		complain("no %s was typed. Without a terminal, use %s or %s.", kind->name, kind->option, kind->environment);
	explicit_bzero(line, sizeof(line));
	return outcome;
}

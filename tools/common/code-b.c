/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code-b.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "prompt.h"

/* A line that is longer than the code is noticed. */
#define LINE_SIZE 64

static const char code_b_form[] = "Code B (照合番号B) has 14 digits, all printed on the face of the card:\n"
				  "  6 date of birth, YYMMDD, the year as printed (昭和55年 is 55)   生年月日\n"
				  "  4 year of expiry, YYYY                                         有効期限の西暦年\n"
				  "  4 security code                                                セキュリティコード\n";

static bool
code_b_has_form(const char *text)
{
	return strlen(text) == CODE_B_DIGITS && strspn(text, "0123456789") == CODE_B_DIGITS;
}

static enum outcome
parse_code_b_line(struct code_b *code, const char *line, const char *from)
{
	if (!code_b_has_form(line)) {
		complain("%s is not 14 digits. Nothing was sent to the card.\n%s", from, code_b_form);
		return OUTCOME_MALFORMED;
	}
	memcpy(code->digits, line, sizeof(code->digits));
	return OUTCOME_GENUINE;
}

static enum outcome
read_code_b_file(struct code_b *code, const char *file)
{
	char line[LINE_SIZE] = "";
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum outcome outcome = OUTCOME_ERROR;

	if (fd < 0 || !prompt_read_line(fd, line, sizeof(line)))
		complain("%s: %s", file, strerror(errno));
	else
		outcome = parse_code_b_line(code, line, file);
	if (fd >= 0)
		close(fd);
	explicit_bzero(line, sizeof(line));
	return outcome;
}

static enum outcome
read_code_b_environment(struct code_b *code, char *value)
{
	enum outcome outcome = OUTCOME_MALFORMED;

	if (code_b_has_form(value)) {
		memcpy(code->digits, value, sizeof(code->digits));
		outcome = OUTCOME_GENUINE;
	} else {
		complain(CODE_B_ENV " is not 14 digits. Nothing was sent to the card.\n%s", code_b_form);
	}
	explicit_bzero(value, strlen(value));
	return outcome;
}

static enum outcome
prompt_code_b_line(struct code_b *code)
{
	char line[LINE_SIZE] = "";
	enum outcome outcome = OUTCOME_MALFORMED;

	fputs(code_b_form, stderr);
	if (prompt_secret("Code B (not shown): ", line, sizeof(line)))
		outcome = parse_code_b_line(code, line, "the typed code");
	else
		complain("no code B was typed. Without a terminal, use --code-file or " CODE_B_ENV ".");
	explicit_bzero(line, sizeof(line));
	return outcome;
}

enum outcome
code_b_prompt(struct code_b *code, const struct card_name *name)
{
	struct code_b before = {0};
	enum outcome outcome = prompt_code_b_line(code);

	while (outcome == OUTCOME_GENUINE && strcmp(before.digits, code->digits) != 0 && !card_name_matches_code(name, code->digits)) {
		if (!prompt_has_terminal()) {
			outcome = OUTCOME_MALFORMED;
			break;
		}
		complain("type the code again. The same code will then be sent to the card. (もう一度入力してください。同じ番号であれば、カードに送信します)");
		before = *code;
		outcome = prompt_code_b_line(code);
	}
	code_b_clear(&before);
	return outcome;
}

enum outcome
code_b_get(struct code_b *code, const char *file, const struct card_name *name)
{
	char *value = getenv(CODE_B_ENV);
	enum outcome outcome;

	*code = (struct code_b){0};
	if (file == NULL && value == NULL)
		return code_b_prompt(code, name);
	outcome = file != NULL ? read_code_b_file(code, file) : read_code_b_environment(code, value);
	if (outcome == OUTCOME_GENUINE && !card_name_matches_code(name, code->digits)) {
		complain("to send it anyway, type it on the terminal: run the program without --code-file and " CODE_B_ENV ".");
		outcome = OUTCOME_MALFORMED;
	}
	return outcome;
}

void
code_b_clear(struct code_b *code)
{
	explicit_bzero(code, sizeof(*code));
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code.h"

#include <errno.h>
#include <stdbool.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

/* Room to see that a line is too long. */
#define LINE_SIZE 64

static const char form[] = "Code B (照合番号B) is 14 digits, all printed on the card's face:\n"
			   "  6 date of birth, YYMMDD, the year as printed (昭和55年 is 55)   生年月日\n"
			   "  4 year of expiry, YYYY                                         有効期限の西暦年\n"
			   "  4 security code                                                セキュリティコード\n";

static bool
is_code(const char *text)
{
	return strlen(text) == CODE_DIGITS && strspn(text, "0123456789") == CODE_DIGITS;
}

static enum outcome
take_line(struct code *code, char *line, const char *from)
{
	line[strcspn(line, "\r\n")] = '\0';
	if (!is_code(line)) {
		complain("%s is not 14 digits; nothing was sent to the card.\n%s", from, form);
		return OUTCOME_MALFORMED;
	}
	memcpy(code->digits, line, sizeof(code->digits));
	return OUTCOME_GENUINE;
}

/* The first line, which may come in pieces from a pipe; cut where it is too long. False with errno. */
static bool
read_line(int fd, char *line, size_t size)
{
	size_t have = 0;
	ssize_t len;

	do {
		len = read(fd, line + have, size - 1 - have);
		if (len > 0)
			have += (size_t)len;
	} while ((len > 0 && have < size - 1 && memchr(line, '\n', have) == NULL) || (len < 0 && errno == EINTR));
	line[have] = '\0';
	return len >= 0;
}

static enum outcome
from_file(struct code *code, const char *file)
{
	char line[LINE_SIZE] = "";
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum outcome outcome = OUTCOME_ERROR;

	if (fd < 0 || !read_line(fd, line, sizeof(line)))
		complain("%s: %s", file, strerror(errno));
	else
		outcome = take_line(code, line, file);
	if (fd >= 0)
		close(fd);
	explicit_bzero(line, sizeof(line));
	return outcome;
}

static enum outcome
from_environment(struct code *code, char *value)
{
	enum outcome outcome = OUTCOME_MALFORMED;

	if (is_code(value)) {
		memcpy(code->digits, value, sizeof(code->digits));
		outcome = OUTCOME_GENUINE;
	} else {
		complain(CODE_ENV " is not 14 digits; nothing was sent to the card.\n%s", form);
	}
	explicit_bzero(value, strlen(value));
	return outcome;
}

/* OpenSSL asks on the terminal: without echo, which it also restores after a signal. */
static enum outcome
from_terminal(struct code *code)
{
	char line[LINE_SIZE] = "";
	enum outcome outcome = OUTCOME_MALFORMED;

	fputs(form, stderr);
	if (EVP_read_pw_string(line, sizeof(line), "Code B (not shown): ", 0) == 0)
		outcome = take_line(code, line, "What was typed");
	else
		complain("no code B was typed; without a terminal use --code-file or " CODE_ENV);
	explicit_bzero(line, sizeof(line));
	return outcome;
}

/* A code that does not fit the card is asked for again, until it fits or the same is typed twice: then it is meant. */
static enum outcome
from_terminal_for(struct code *code, const struct card_name *name)
{
	enum outcome outcome = from_terminal(code);
	struct code before = *code;

	while (outcome == OUTCOME_GENUINE && !card_name_has_code(name, code->digits)) {
		complain("type the code again; the same one is then sent to the card (もう一度入力してください。同じ番号であれば、カードに送信します)");
		before = *code;
		outcome = from_terminal(code);
		if (memcmp(before.digits, code->digits, sizeof(before.digits)) == 0)
			break;
	}
	code_clear(&before);
	return outcome;
}

enum outcome
code_get(struct code *code, const char *file, const struct card_name *name)
{
	char *value = getenv(CODE_ENV);
	enum outcome outcome;

	*code = (struct code){0};
	if (file == NULL && value == NULL)
		return from_terminal_for(code, name);
	outcome = file != NULL ? from_file(code, file) : from_environment(code, value);
	if (outcome == OUTCOME_GENUINE && !card_name_has_code(name, code->digits)) {
		complain("to send it all the same, type it on the terminal: without --code-file and " CODE_ENV);
		outcome = OUTCOME_MALFORMED;
	}
	return outcome;
}

void
code_clear(struct code *code)
{
	explicit_bzero(code, sizeof(*code));
}

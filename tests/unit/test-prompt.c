/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests lines that are typed at a prompt, from an empty line to one that is longer than the buffer. */
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "tools/common/prompt.h"

#define ROOM  64
#define GUARD 'G'

enum result {
	RESULT_TAKEN,
	RESULT_REFUSED,
	RESULT_WRONG,  /* the function returned another line than the one that was typed */
	RESULT_OVERRUN /* the function wrote a byte behind the buffer */
};

static enum result
read_typed(const char *line)
{
	struct {
		char text[ROOM], guard;
	} typed = {.guard = GUARD};
	bool taken = prompt_secret("PIN: ", typed.text, sizeof(typed.text));

	if (typed.guard != GUARD)
		return RESULT_OVERRUN;
	if (!taken)
		return RESULT_REFUSED;
	return strcmp(typed.text, line) == 0 ? RESULT_TAKEN : RESULT_WRONG;
}

/* Starts a child process, either with a terminal of its own or, in a new session, with a pipe and no terminal. *TO is its
 * input. */
static pid_t
fork_reader(bool terminal, int *to)
{
	int ends[2];
	pid_t pid;

	if (terminal)
		return forkpty(to, NULL, NULL, NULL);
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0 && (setsid() < 0 || dup2(ends[0], STDIN_FILENO) < 0))
		_exit(RESULT_WRONG);
	close(ends[pid == 0 ? 1 : 0]);
	*to = ends[1];
	return pid;
}

/* Types a line of LEN characters and returns what the function does with it. */
static enum result
type_line(bool terminal, size_t len, bool newline)
{
	char line[2 * ROOM] = "";
	int to = -1, status = 0;
	pid_t pid;

	memset(line, '1', len);
	pid = fork_reader(terminal, &to);
	assert_true(pid >= 0);
	if (pid == 0)
		_exit((int)read_typed(line));
	line[len] = '\n';
	assert_int_equal(write(to, line, len + newline), len + newline);
	if (!terminal)
		close(to);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (terminal)
		close(to);
	assert_true(WIFEXITED(status));
	return (enum result)WEXITSTATUS(status);
}

static void
a_line_that_fits_is_taken(void **state)
{
	size_t len;

	(void)state;
	for (len = 1; len < ROOM - 1; len++) {
		assert_int_equal(type_line(true, len, true), RESULT_TAKEN);
		assert_int_equal(type_line(false, len, true), RESULT_TAKEN);
		assert_int_equal(type_line(false, len, false), RESULT_TAKEN);
	}
}

static void
a_line_that_is_too_long_is_refused(void **state)
{
	size_t len;

	(void)state;
	for (len = ROOM - 1; len < 2 * ROOM - 1; len++) {
		assert_int_equal(type_line(true, len, true), RESULT_REFUSED);
		assert_int_equal(type_line(false, len, true), RESULT_REFUSED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_line_that_fits_is_taken),
			cmocka_unit_test(a_line_that_is_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

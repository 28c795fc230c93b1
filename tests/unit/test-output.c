/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests that an interrupt while a page is written leaves no temporary file with the holder's data. */
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "tools/card-face/output.h"

#define PAGE "page.html"

static bool
write_interrupted(FILE *out, const void *signal_number)
{
	fputs("the holder's name", out);
	fflush(out);
	raise(*(const int *)signal_number);
	return true;
}

/* Writes the page in a child process and returns its status. */
static int
status_of_writing(int signal_number)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		signal(signal_number, SIG_DFL); /* it is ignored where the tests run in the background */
		_exit((int)output_write(PAGE, write_interrupted, &signal_number));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* The folder is the current one. */
static void
expect_only_the_page(void)
{
	const struct dirent *entry;
	DIR *folder = opendir(".");

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			assert_string_equal(entry->d_name, PAGE);
	closedir(folder);
}

static void
an_interrupt_leaves_no_temporary_file(void **state)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
	char folder[] = "/tmp/test-output.XXXXXX";
	size_t i;
	int status;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		status = status_of_writing(signals[i]);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
		expect_only_the_page();
	}
	unlink(PAGE);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(an_interrupt_leaves_no_temporary_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

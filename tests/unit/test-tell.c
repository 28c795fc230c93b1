/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines for the user stay whole even if many threads write at once, both to a log and to standard error. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "card-driver/base/tell.h"

#define THREADS	 8
#define LINES	 400
#define LINE_MAX 8192

static const char sentence[] = "opensc-mynumber: a line of thread %d that ends with its number %d\n";
static sc_context_t ctx;

static void *
tell_lines(void *argument)
{
	int thread = *(const int *)argument, i;

	for (i = 0; i < LINES; i++)
		tell_user(&ctx, "a line of thread %d that ends with its number %d", thread, i);
	return NULL;
}

static void
tell_in_threads(void)
{
	pthread_t threads[THREADS];
	int numbers[THREADS], i;

	for (i = 0; i < THREADS; i++) {
		numbers[i] = i;
		assert_int_equal(pthread_create(&threads[i], NULL, tell_lines, &numbers[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
}

/* Every line of every thread appears once, whole, and in the order in which its thread wrote it. */
static void
expect_whole_lines(FILE *log)
{
	int next[THREADS] = {0}, thread, number, lines = 0;
	static char line[LINE_MAX], expected[LINE_MAX];

	rewind(log);
	while (fgets(line, sizeof(line), log) != NULL) {
		assert_int_equal(sscanf(line, sentence, &thread, &number), 2);
		assert_in_range(thread, 0, THREADS - 1);
		snprintf(expected, sizeof(expected), sentence, thread, number);
		assert_string_equal(line, expected);
		assert_int_equal(number, next[thread]++);
		lines++;
	}
	assert_int_equal(lines, THREADS * LINES);
}

static void
lines_in_a_log_stay_whole(void **state)
{
	(void)state;
	ctx.debug_file = tmpfile();
	assert_non_null(ctx.debug_file);
	tell_in_threads();
	expect_whole_lines(ctx.debug_file);
	fclose(ctx.debug_file);
}

/* Standard error is not buffered, so each piece is a write(2) of its own, and another program may write in between. */
static void
lines_on_standard_error_stay_whole(void **state)
{
	FILE *log = tmpfile();
	int saved = dup(STDERR_FILENO);

	(void)state;
	assert_non_null(log);
	ctx.debug_file = NULL;
	dup2(fileno(log), STDERR_FILENO);
	tell_in_threads();
	dup2(saved, STDERR_FILENO);
	close(saved);
	expect_whole_lines(log);
	fclose(log);
}

static void
a_long_line_is_cut_and_ended(void **state)
{
	static char text[LINE_MAX], line[LINE_MAX];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ctx.debug_file = tmpfile();
	assert_non_null(ctx.debug_file);
	tell_user(&ctx, "%s", text);
	rewind(ctx.debug_file);
	assert_non_null(fgets(line, sizeof(line), ctx.debug_file));
	assert_in_range(strlen(line), 4096, sizeof(line) - 2);
	assert_int_equal(line[strlen(line) - 1], '\n');
	assert_null(fgets(line, sizeof(line), ctx.debug_file));
	fclose(ctx.debug_file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(lines_in_a_log_stay_whole),
			cmocka_unit_test(lines_on_standard_error_stay_whole),
			cmocka_unit_test(a_long_line_is_cut_and_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

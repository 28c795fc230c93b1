/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs one job with every fault at every exchange, and with each call that needs memory failing in turn.
 *     fault-matrix JOB [RESULTS]: runs all trials with TEST_FULL=1, else a slice that covers every exchange and every fault
 * The environment names the card and OpenSC's configuration, as tests/lib/lib.sh does. Several trials share a child process:
 * the sanitizer finds leaked memory when the child ends, and a crash ends only the trials of one child.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sanitizer/lsan_interface.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "reader.h"
#include "trial.h"
#include "truth.h"

#define TRIAL_SECONDS 60 /* stops a trial that would never end */
#define BATCH_MAX     64 /* trials for each child */
#define SLICE_STEP    13 /* coprime to the number of faults, so that the slice covers all of them */
#define CALLS_STEP    29

/* State that parent and child share. */
struct progress {
	struct normal_run normal;
	size_t next; /* index of the next trial in the batch */
	size_t tried, failed;
};

static struct progress *progress;
static FILE *report; /* the parent's stderr, because a child's stderr is a file */

static void
show_stderr(void)
{
	char text[4096];
	ssize_t len;
	off_t at = 0;

	while ((len = pread(STDERR_FILENO, text, sizeof(text), at)) > 0) {
		fwrite(text, 1, (size_t)len, report);
		at += len;
	}
	fflush(report);
}

static void
fail(const struct trial *trial, const char *why)
{
	char name[128];

	trial_name(trial, name, sizeof(name));
	fprintf(report, "FAILED: %s: %s\n", name, why);
	show_stderr();
	progress->failed++;
}

/* Ends the child process. */
static void
run_rest(const struct trial *batch, size_t count)
{
	char why[256];

	for (; progress->next < count; progress->next++) {
		alarm(TRIAL_SECONDS);
		if (trial_run(&batch[progress->next], &progress->normal, why, sizeof(why)))
			progress->tried++;
		if (*why != '\0')
			fail(&batch[progress->next], why);
	}
	alarm(0);
	if (__lsan_do_recoverable_leak_check() != 0)
		fail(&batch[count - 1], "memory was lost in it, or in those before it");
	_exit(0);
}

/* Each new child continues where the previous one died. */
static void
run_batch(const struct trial *batch, size_t count)
{
	int status;

	progress->next = 0;
	while (progress->next < count) {
		pid_t child = fork();

		if (child == 0)
			run_rest(batch, count);
		if (child < 0 || waitpid(child, &status, 0) < 0)
			exit(2);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		fail(&batch[progress->next < count ? progress->next : count - 1], "crashed, or did not end");
		progress->tried++;
		progress->next++;
	}
}

static int
learn(const struct job *job)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		progress->normal = trial_learn(job);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
		return -1;
	return progress->normal.result;
}

/* Without TEST_FULL, tries one fault at each exchange, each fault at one exchange, and all malformed answers at the last
 * exchange, because that exchange does the main work of the job. */
static bool
is_chosen(size_t exchange, size_t fault, size_t exchanges)
{
	return getenv("TEST_FULL") != NULL || (exchange == exchanges && (faults[fault].class == FAULT_ANSWER || faults[fault].class == FAULT_NO_ANSWER)) || exchange * SLICE_STEP % faults_count == fault || fault * SLICE_STEP % exchanges + 1 == exchange;
}

/* Trials that wait for a child process to run them. */
struct queue {
	struct trial trials[BATCH_MAX];
	size_t waiting;
};

static void
flush(struct queue *queue)
{
	run_batch(queue->trials, queue->waiting);
	queue->waiting = 0;
}

static void
add(struct queue *queue, const struct job *job, size_t number, size_t fault)
{
	queue->trials[queue->waiting++] = (struct trial){job, number, fault};
	if (queue->waiting == BATCH_MAX)
		flush(queue);
}

/* Returns how many faults were tried. */
static size_t
run_exchanges(const struct job *job)
{
	struct queue queue = {0};
	size_t exchange, fault, before = progress->tried;

	for (exchange = 1; exchange <= progress->normal.exchanges; exchange++)
		for (fault = 0; fault < faults_count; fault++)
			if (is_chosen(exchange, fault, progress->normal.exchanges))
				add(&queue, job, exchange, fault);
	flush(&queue);
	return progress->tried - before;
}

static size_t
run_calls(const struct job *job)
{
	struct queue queue = {0};
	size_t call, before = progress->tried, step = getenv("TEST_FULL") != NULL ? 1 : CALLS_STEP;

	for (call = 1; call <= progress->normal.calls; call += step) {
		add(&queue, job, call, CALL_FAILS);
		add(&queue, job, call, CALL_GOES_ON_FAILING);
	}
	flush(&queue);
	return progress->tried - before;
}

static const struct job *
find_job(const char *name)
{
	size_t i;

	for (i = 0; i < jobs_count; i++)
		if (strcmp(jobs[i].name, name) == 0)
			return &jobs[i];
	return NULL;
}

static void
prepare(void)
{
	char path[4096];
	int messages;

	report = fdopen(dup(STDERR_FILENO), "w");
	truth_path(path, sizeof(path), "../fault-matrix.stderr");
	messages = open(path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);
	if (report == NULL || messages < 0 || dup2(messages, STDERR_FILENO) < 0)
		exit(2);
	progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (progress == MAP_FAILED)
		exit(2);
	truth_learn(false);
	truth_reset();
}

int
main(int argc, char **argv)
{
	const struct job *job = argc < 2 ? NULL : find_job(argv[1]);
	FILE *results = argc < 3 ? stdout : fopen(argv[2], "a");
	size_t exchanges, calls;

	if (job == NULL || results == NULL) {
		fprintf(stderr, "usage: fault-matrix JOB [RESULTS]\n");
		return 2;
	}
	reader_keep();
	prepare();
	if (learn(job) != JOB_DONE) {
		fprintf(report, "FAILED: %s without a fault: %d\n", job->name, progress->normal.result);
		show_stderr();
		return 1;
	}
	exchanges = run_exchanges(job);
	calls = run_calls(job);
	fprintf(results, "%s\t%zu\t%zu\t%zu\t%zu\t%zu\n", job->name, progress->normal.exchanges, exchanges, progress->normal.calls, calls, exchanges + calls - progress->failed);
	return fclose(results) != 0 || progress->failed > 0;
}

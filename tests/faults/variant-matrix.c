/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Does the main jobs on cards and readers that behave differently from the default one, in each of the ways that docs/card.md
 * (section 13) says the driver tolerates.
 *     variant-matrix rows    runs all jobs on each row, with short and with extended APDUs
 *     variant-matrix pairs   runs list, certificate and signature on each combination of two rows; with TEST_FULL=1 with short
 *     and with extended APDUs, else alternating between them
 * The environment names the card and OpenSC's configuration, as tests/lib/lib.sh does. Prints a line for each row with the
 * exchanges of each job. Each card has a process of its own, because the virtual card's library reads its variant when it
 * starts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include "card-log.h"
#include "job.h"
#include "reader.h"
#include "truth.h"

#define CARD_SECONDS  60
#define EXCHANGES_MAX 200
#define EXTENDED      "VIRTUAL_CARD_EXTENDED"
#define VARIANT	      "VIRTUAL_CARD_VARIANT"

/* A deviating behaviour. PHONE: the token has only JPKI, and its authentication certificate needs the PIN. */
static const struct row {
	const char *variant;
	bool phone;
	bool other_list; /* the objects differ from those of the default card */
} rows[] = {
		{"sfi-not-current", false, false},
		{"no-sfi", false, false},
		{"end-6b00", false, false},
		{"end-6700", false, false},
		{"end-6282", false, false},
		{"end-empty", false, false},
		{"exact-6c", false, false},
		{"short-reads", false, false},
		{"no-extended", false, false},
		{"extended-broken", false, false},
		{"spurious-6986", false, false},
		{"spurious-6b00", false, false},
		{"spurious-empty", false, false},
		{"availability-00", false, false},
		{"availability-01", false, false},
		{"availability-80", false, false},
		{"no-token-info", false, false},
		{"no-token-info,no-common", false, true},
		{"short-form", false, false},
		{"long-form", false, false},
		{"furigana-inside", false, false},
		{"furigana-outside", false, false},
		{"birth-unknown,sex-other", false, false},
		{"select-fci", false, false},
		{"reselect-drops", false, false},
		{"query-always-9000", false, false},
		{"query-6700", false, false},
		{"query-6a86", false, false},
		{"new-phone", true, true},
};

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

/* The jobs in the order in which they run, each with the exact number of PINs that the card receives. ON_PHONE: on a phone
 * the job needs this PIN, too. */
static const struct step {
	struct job job;
	enum job_pin on_phone;
	bool is_jpki, in_pairs;
} steps[] = {
		{{.name = "list", .run = job_list}, PIN_IS_NONE, true, true},
		{{.name = "certificate-01", .run = job_certificate, .expected = "../certificates/auth.der", .key = 1}, PIN_01, true, true},
		{{.name = "certificate-02", .run = job_certificate, .expected = "../certificates/sign.der", .key = 2, .pin = PIN_02, .verifies = 1}, PIN_IS_NONE, true, false},
		{{.name = "certificate-03", .run = job_certificate, .expected = "../certificates/auth-ca.der", .key = 3}, PIN_IS_NONE, true, false},
		{{.name = "certificate-04", .run = job_certificate, .expected = "../certificates/sign-ca.der", .key = 4}, PIN_IS_NONE, true, false},
		{{.name = "name", .run = job_data, .label = "Name", .expected = "name.txt", .pin = PIN_03, .verifies = 1}, PIN_IS_NONE, false, false},
		{{.name = "photo", .run = job_data, .label = "Face photo", .expected = "photo.jp2", .pin = PIN_07, .verifies = 1}, PIN_IS_NONE, false, false},
		{{.name = "sign-02", .run = job_sign, .expected = "../keys/sign.pem", .pin = PIN_02, .key = 2, .verifies = 1}, PIN_IS_NONE, true, false},
		{{.name = "p11-sign", .run = job_p11_sign, .label = "JPKI (User Authentication PIN)", .expected = "../keys/auth.pem", .pin = PIN_01, .key = 1, .verifies = 1}, PIN_IS_NONE, true, true},
};

static bool
tries_are_full(void)
{
	struct vc_card_state state = truth_state();
	const struct vc_pin *pin;
	size_t i;

	for (i = 0; (pin = vc_pin_get(i)) != NULL; i++)
		if (state.pins[i].tries_left != pin->max_tries)
			return false;
	return true;
}

static const char *
judge(const struct job *job, int r, const struct card_log *log, bool other_list)
{
	if (r != JOB_DONE && !(r == JOB_PARTIAL && other_list && job->run == job_list))
		return "it failed";
	if (log->pins_sent != job->verifies)
		return "not one VERIFY for each PIN";
	if (log->exchanges > EXCHANGES_MAX)
		return "too many exchanges";
	return tries_are_full() ? NULL : "a try was lost";
}

/* A card with the behaviour of one row, or of two rows at once. */
struct card {
	char variant[128];
	bool phone, other_list, extended, pair;
};

/* Returns whether all jobs succeeded. */
static bool
run_step(const struct step *step, const struct card *card)
{
	struct job job = step->job;
	const char *complaint;
	struct card_log log;
	int r;

	if (card->phone && step->on_phone != PIN_IS_NONE) {
		job.pin = step->on_phone;
		job.verifies = 1;
	}
	truth_reset();
	alarm(CARD_SECONDS);
	r = job.run(&job);
	alarm(0);
	log = card_log_read(0);
	printf("\t%zu", log.exchanges);
	complaint = judge(&job, r, &log, card->other_list);
	if (complaint != NULL)
		fprintf(stderr, "FAILED: %s%s, %s: %s (result %d, %zu exchanges, %u PINs)\n", card->variant, card->extended ? ", extended length" : "", job.name, complaint, r, log.exchanges, log.pins_sent);
	return complaint == NULL;
}

/* Ends the child process. */
static void
run_card(const struct card *card)
{
	bool good = true;
	size_t i;

	setenv(VARIANT, card->variant, 1);
	if (card->extended)
		setenv(EXTENDED, "1", 1);
	else
		unsetenv(EXTENDED);
	reader_keep();
	printf("%s%s", card->variant, card->extended ? ", extended" : "");
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if ((steps[i].in_pairs || !card->pair) && (steps[i].is_jpki || !card->phone))
			good = run_step(&steps[i], card) && good;
	printf("\n");
	fflush(stdout);
	_exit(good ? 0 : 1);
}

static bool
fork_card(const struct card *card)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		run_card(card);
	if (child < 0 || waitpid(child, &status, 0) < 0)
		exit(2);
	if (WIFSIGNALED(status))
		fprintf(stderr, "FAILED: %s: crashed, or did not end\n", card->variant);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static struct card
make_card(const struct row *one, const struct row *other, bool extended)
{
	struct card card = {.phone = one->phone, .other_list = one->other_list, .extended = extended, .pair = other != NULL};

	snprintf(card.variant, sizeof(card.variant), "%s%s%s", one->variant, other != NULL ? "," : "", other != NULL ? other->variant : "");
	if (other != NULL) {
		card.phone = card.phone || other->phone;
		card.other_list = card.other_list || other->other_list;
	}
	return card;
}

/* Returns how many cards failed. */
static unsigned
run_card_in_both(const struct row *one, const struct row *other, bool short_too, bool extended_too)
{
	unsigned failed = 0;
	int extended;

	for (extended = 0; extended < 2; extended++) {
		struct card card = make_card(one, other, extended == 1);

		if (extended == 1 ? extended_too : short_too)
			failed += !fork_card(&card);
	}
	return failed;
}

static unsigned
run_rows(void)
{
	unsigned failed = 0;
	size_t i;

	for (i = 0; i < ROW_COUNT; i++)
		failed += run_card_in_both(&rows[i], NULL, true, true);
	return failed;
}

static unsigned
run_pairs(void)
{
	bool full = getenv("TEST_FULL") != NULL;
	unsigned failed = 0;
	size_t i, j;

	for (i = 0; i < ROW_COUNT; i++)
		for (j = i + 1; j < ROW_COUNT; j++)
			failed += run_card_in_both(&rows[i], &rows[j], full || (i + j) % 2 == 0, full || (i + j) % 2 == 1);
	return failed;
}

/* The default card, with which the others are compared. */
static void
learn(void)
{
	static const struct row plain = {"", false, false};
	struct card card = make_card(&plain, NULL, false);

	truth_learn(true);
	if (!fork_card(&card))
		exit(1);
	truth_learn(false);
}

int
main(int argc, char **argv)
{
	bool pairs = argc == 2 && strcmp(argv[1], "pairs") == 0;

	if (argc != 2 || (!pairs && strcmp(argv[1], "rows") != 0)) {
		fprintf(stderr, "usage: variant-matrix rows|pairs\n");
		return 2;
	}
	learn();
	return (pairs ? run_pairs() : run_rows()) == 0 ? 0 : 1;
}

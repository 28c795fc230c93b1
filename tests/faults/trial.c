/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include <p11-kit/pkcs11.h>

#include "libopensc/errors.h"

#include "cache.h"
#include "card-log.h"
#include "failing-calls.h"
#include "reader.h"
#include "truth.h"

#define TOLD_ROOM 65536

/* The driver reads files again by SELECT where short EF identifiers fail, and by short APDUs where extended ones fail; it
 * learns each of the two once. */
#define exchanges_max(normal) (2 * (normal) + 16)

/* The status words that the card is known to return (docs/card.md), and those that ISO 7816-4 builds from counters and
 * lengths. 61xx says that the card has executed the command, so for this fault the card does execute it. */
const struct fault faults[] = {
		{"mute", FAULT_TRANSPORT, false},
		{"comm-error", FAULT_TRANSPORT, false},
		{"timeout", FAULT_TRANSPORT, false},
		{"timeout-after", FAULT_TRANSPORT, false},
		{"removed", FAULT_REMOVED, false},
		{"removed-after", FAULT_REMOVED, false},
		{"reset-before", FAULT_RESET, false},
		{"reset-after", FAULT_RESET, false},
		{"power-before", FAULT_RESET, false},
		{"power-after", FAULT_RESET, false},
		{"empty", FAULT_NO_ANSWER, false},
		{"one-byte", FAULT_NO_ANSWER, false},
		{"truncate", FAULT_ANSWER, false},
		{"short", FAULT_ANSWER, false},
		{"overlong", FAULT_ANSWER, false},
		{"sw-after=6100", FAULT_STATUS, false},
		{"sw-after=6110", FAULT_STATUS, false},
		{"sw=6281", FAULT_STATUS, false},
		{"sw=6282", FAULT_STATUS, false},
		{"sw=6283", FAULT_STATUS, false},
		{"sw=6300", FAULT_STATUS, false},
		{"sw=6381", FAULT_STATUS, false},
		{"sw=63C0", FAULT_STATUS, false},
		{"sw=63C1", FAULT_STATUS, false},
		{"sw=63C2", FAULT_STATUS, false},
		{"sw=6400", FAULT_STATUS, false},
		{"sw=6581", FAULT_STATUS, false},
		{"sw=66F1", FAULT_STATUS, false},
		{"sw=6700", FAULT_STATUS, false},
		{"sw=6881", FAULT_STATUS, false},
		{"sw=6882", FAULT_STATUS, false},
		{"sw=6981", FAULT_STATUS, false},
		{"sw=6982", FAULT_STATUS, false},
		{"sw=6983", FAULT_STATUS, false},
		{"sw=6984", FAULT_STATUS, false},
		{"sw=6985", FAULT_STATUS, false},
		{"sw=6986", FAULT_STATUS, false},
		{"sw=6987", FAULT_STATUS, false},
		{"sw=6988", FAULT_STATUS, false},
		{"sw=69FC", FAULT_STATUS, false},
		{"sw=6A80", FAULT_STATUS, false},
		{"sw=6A81", FAULT_STATUS, false},
		{"sw=6A82", FAULT_STATUS, false},
		{"sw=6A83", FAULT_STATUS, false},
		{"sw=6A84", FAULT_STATUS, false},
		{"sw=6A85", FAULT_STATUS, false},
		{"sw=6A86", FAULT_STATUS, false},
		{"sw=6A87", FAULT_STATUS, false},
		{"sw=6A88", FAULT_STATUS, false},
		{"sw=6B00", FAULT_STATUS, false},
		{"sw=6C00", FAULT_STATUS, false},
		{"sw=6C10", FAULT_STATUS, false},
		{"sw=6D00", FAULT_STATUS, false},
		{"sw=6E00", FAULT_STATUS, false},
		{"sw=6F00", FAULT_STATUS, false},
		/* another program selects JPKI, Input Support, the common application */
		{"select=D392F000260100000001", FAULT_RESET, true},
		{"select=D3921000310001010408", FAULT_RESET, true},
		{"select=D3921000310001010100", FAULT_RESET, true},
};
const size_t faults_count = sizeof(faults) / sizeof(faults[0]);

static bool
is_of_call(const struct trial *trial)
{
	return trial->fault >= CALL_GOES_ON_FAILING;
}

void
trial_name(const struct trial *trial, char *name, size_t size)
{
	if (is_of_call(trial))
		snprintf(name, size, "%s, call %zu%s without memory", trial->job->name, trial->number, trial->fault == CALL_FAILS ? "" : " and later ones like it");
	else
		snprintf(name, size, "%s, %s%zu:%s", trial->job->name, faults[trial->fault].at_transaction ? "T" : "", trial->number, faults[trial->fault].kind);
}

struct normal_run
trial_learn(const struct job *job)
{
	struct normal_run normal;

	truth_reset();
	if (job->cache != CACHE_OFF)
		cache_empty();
	if (job->cache == CACHE_FILLED)
		(void)job->run(job);
	truth_reset();
	truth_learn(true);
	failing_calls_set(0, false);
	normal.result = job->run(job);
	normal.calls = failing_calls_count();
	normal.exchanges = card_log_read(0).exchanges;
	truth_learn(false);
	if (job->cache != CACHE_OFF && !cache_holds(job->expected))
		normal.result = JOB_WRONG;
	return normal;
}

static int
run_with_fault(const struct trial *trial, bool *tried)
{
	char fault[64];
	int r;

	if (is_of_call(trial))
		failing_calls_set(trial->number, trial->fault == CALL_GOES_ON_FAILING);
	else {
		snprintf(fault, sizeof(fault), "%s%zu:%s", faults[trial->fault].at_transaction ? "T" : "", trial->number, faults[trial->fault].kind);
		reader_faults(fault);
	}
	r = trial->job->run(trial->job);
	*tried = is_of_call(trial) || reader_fault_struck();
	failing_calls_set(0, false);
	reader_faults(NULL);
	return r;
}

/* What was written to stderr, which is a file, since it was last emptied. */
static bool
user_was_told(const char *words)
{
	static char told[TOLD_ROOM];
	ssize_t len = pread(STDERR_FILENO, told, sizeof(told) - 1, 0);

	told[len < 0 ? 0 : len] = '\0';
	return strstr(told, words) != NULL;
}

static bool
end_is_unknown(void)
{
	return user_was_told("did not answer; it has the old or the new value") || user_was_told("the first has the NEW value");
}

/* Errors that a program may get for each class of fault. For a status word from the card, any error is allowed that does not
 * blame a PIN. OpenSC chooses the PKCS#11 codes for these errors, mostly CKR_GENERAL_ERROR. */
static const struct {
	enum fault_class class;
	int error;
} expected_errors[] = {
		{FAULT_REMOVED, SC_ERROR_CARD_REMOVED},
		{FAULT_REMOVED, SC_ERROR_OBJECT_NOT_FOUND},
		{FAULT_TRANSPORT, SC_ERROR_TRANSMIT_FAILED},
		{FAULT_RESET, SC_ERROR_CARD_RESET},
		{FAULT_RESET, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED},
		{FAULT_NO_ANSWER, SC_ERROR_TRANSMIT_FAILED},
		{FAULT_ANSWER, SC_ERROR_TRANSMIT_FAILED},
		{FAULT_ANSWER, SC_ERROR_UNKNOWN_DATA_RECEIVED},
		{FAULT_ANSWER, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED}, /* the answer made it look as if another application were selected */
		{FAULT_ANSWER, SC_ERROR_CORRUPTED_DATA},
		{FAULT_ANSWER, SC_ERROR_OBJECT_NOT_FOUND}, /* a card number record that contains no number */
		{FAULT_MEMORY, SC_ERROR_OUT_OF_MEMORY},
		{FAULT_MEMORY, SC_ERROR_OBJECT_NOT_FOUND},
		{FAULT_MEMORY, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED}, /* the driver could not confirm the application, so it treats the PIN as lost */
		{FAULT_MEMORY, SC_ERROR_UNKNOWN_DATA_RECEIVED},		/* OpenSSL reports the same error for a bad certificate */
		{FAULT_MEMORY, SC_ERROR_INTERNAL},			/* random numbers could not be generated */
};

/* OpenSC 0.23 turns every error of READ BINARY into "offset too large". From 0.26 on, OpenSC parses the part of a
 * certificate that it read before the error. */
static bool
is_of_opensc(int error)
{
	return error == SC_ERROR_OFFSET_TOO_LARGE || error == SC_ERROR_INVALID_ASN1_OBJECT;
}

static bool
blames_pin(int error)
{
	return error == SC_ERROR_PIN_CODE_INCORRECT || error == SC_ERROR_AUTH_METHOD_BLOCKED || error == CKR_PIN_INCORRECT || error == CKR_PIN_LOCKED;
}

static bool
is_expected(enum fault_class class, int error)
{
	size_t i;

	for (i = 0; i < sizeof(expected_errors) / sizeof(expected_errors[0]); i++)
		if (expected_errors[i].class == class && expected_errors[i].error == error)
			return true;
	return class == FAULT_STATUS || is_of_opensc(error);
}

/* A list lacks the classes of objects that OpenSC skipped. In all other cases an object may be missing only if the card said
 * so. */
static bool
may_be_partial(const struct job *job, enum fault_class class)
{
	bool is_list = job->run == job_list || job->run == job_p11_list;

	if (class == FAULT_REMOVED)
		return is_list;
	if (class == FAULT_MEMORY)
		return is_list || job->judges_certificates;
	return class == FAULT_STATUS || class == FAULT_ANSWER;
}

static enum fault_class
class_of(const struct trial *trial)
{
	return is_of_call(trial) ? FAULT_MEMORY : faults[trial->fault].class;
}

static const char *
kind_of(const struct trial *trial)
{
	return is_of_call(trial) ? "" : faults[trial->fault].kind;
}

/* True if the faulty status word or the card itself said that the PIN is wrong or blocked. */
static bool
card_blamed_pin(const struct trial *trial, const struct card_log *log)
{
	const char *kind = kind_of(trial);

	return log->wrong_pins > 0 || strncmp(kind, "sw=63", 5) == 0 || strcmp(kind, "sw=6983") == 0 || strcmp(kind, "sw=6984") == 0;
}

/* A card that was removed does not come back by itself, the driver does not ask again for what the card says it does not
 * have, and objects that could not be listed for lack of memory cannot be found later. */
static bool
may_be_stuck(const struct trial *trial)
{
	enum fault_class class = class_of(trial);

	return class == FAULT_REMOVED || class == FAULT_MEMORY || strcmp(kind_of(trial), "sw=6A82") == 0;
}

/* No caller may get a false result. */
static const char *
judge_result(const struct trial *trial, int r, const struct card_log *log)
{
	enum fault_class class = class_of(trial);

	if (r == JOB_WRONG)
		return "what it gave is wrong";
	if (r == JOB_PARTIAL && !may_be_partial(trial->job, class))
		return "what it gave is not all";
	if (r == JOB_STUCK && !may_be_stuck(trial))
		return "the connection does not recover";
	if (blames_pin(r))
		return card_blamed_pin(trial, log) ? NULL : "it blames a PIN of which the card has said nothing";
	return r < 0 && !is_expected(class, r) ? "this error misleads" : NULL;
}

/* If a card refuses VERIFY by short EF identifier without using a try, the driver sends the PIN once more in the other form. */
static bool
refuses_form(const struct trial *trial)
{
	static const char *const kinds[] = {"sw=6700", "sw=6982", "sw=6986", "sw=6A82", "sw=6A86", "sw=6A88", "sw=6B00", "sw=6D00"};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kind_of(trial), kinds[i]) == 0)
			return true;
	return false;
}

static const char *
judge_log(const struct trial *trial, const struct normal_run *normal, const struct card_log *log)
{
	if (log->exchanges > exchanges_max(normal->exchanges))
		return "too many exchanges";
	if (log->pins_sent > trial->job->verifies + refuses_form(trial))
		return "too many PINs sent";
	if (log->resent > 0 && !trial->job->changes_pin)
		return "a PIN was sent again that got no answer";
	if (log->wrong_pins > (trial->job->run == job_wrong_login ? 1u : trial->job->changes_pin ? log->pins_sent
												 : 0u))
		return "a wrong PIN was sent";
	return NULL;
}

/* The retry counters must equal what the card's answers said. */
static const char *
judge_tries(const struct card_log *log)
{
	struct vc_card_state state = truth_state();
	const struct vc_pin *pin;
	size_t i, spent = 0;

	for (i = 0; (pin = vc_pin_get(i)) != NULL; i++)
		if (state.pins[i].tries_left != pin->max_tries) {
			spent++;
			if ((int)state.pins[i].tries_left != log->last_tries)
				return "a counter is not what the card answered";
		}
	return spent > 1 || (spent == 0 && log->last_tries >= 0) ? "a counter is not what the card answered" : NULL;
}

/* After a failed change, the PIN must have its old value, or a message must have told the user that the value may have
 * changed. */
static const char *
judge_change(const struct trial *trial, int r, const char *before)
{
	if (!trial->job->changes_pin || r == JOB_DONE || end_is_unknown())
		return NULL;
	if (!truth_copies_agree(trial->job->pin))
		return "the copies differ";
	return strcmp(before, truth_pin(trial->job->pin)) == 0 ? NULL : "the PIN is changed, and there was an error";
}

/* The cache must hold nothing false, because other programs would take it for the card's content. */
static const char *
judge_cache(const struct job *job)
{
	return job->cache == CACHE_OFF || cache_is_true() ? NULL : "the cache holds what is not true";
}

/* Runs the same job again on the card as the trial left it. */
static const char *
run_again(const struct trial *trial)
{
	int r;

	truth_put_back();
	if (trial->job->changes_pin && !truth_copies_agree(trial->job->pin))
		truth_reset();
	r = trial->job->run(trial->job);
	return r == JOB_DONE ? NULL : "the next job fails";
}

bool
trial_run(const struct trial *trial, const struct normal_run *normal, char *why, size_t size)
{
	const char *complaint;
	struct card_log log;
	char before[VC_PIN_LEN_MAX + 1] = "";
	bool tried;
	int r;

	*why = '\0';
	truth_reset();
	if (trial->job->cache == CACHE_EMPTY)
		cache_empty();
	if (trial->job->changes_pin)
		snprintf(before, sizeof(before), "%s", truth_pin(trial->job->pin));
	if (ftruncate(STDERR_FILENO, 0) < 0)
		abort();
	r = run_with_fault(trial, &tried);
	log = card_log_read(is_of_call(trial) ? 0 : trial->number);
	complaint = judge_result(trial, r, &log);
	if (complaint == NULL)
		complaint = judge_log(trial, normal, &log);
	if (complaint == NULL)
		complaint = judge_tries(&log);
	if (complaint == NULL)
		complaint = judge_change(trial, r, before);
	if (complaint == NULL)
		complaint = judge_cache(trial->job);
	if (complaint == NULL)
		complaint = run_again(trial);
	if (complaint != NULL)
		snprintf(why, size, "%s (result %d, %zu exchanges, %u PINs)", complaint, r, log.exchanges, log.pins_sent);
	return tried;
}

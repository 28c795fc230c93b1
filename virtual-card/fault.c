/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fault.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAULTS_MAX 16

/* pcscd returns SCARD_E_NOT_TRANSACTED for every error of its reader driver. */
static const struct vc_fault_kind kinds[] = {
		{"mute", "the card does not answer and has done nothing", VC_FAULT_NOTHING, VC_FAULT_NOTHING, true, SCARD_E_NOT_TRANSACTED, VC_ANSWER_KEPT},
		{"comm-error", "the card has done it, the answer is lost", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_E_NOT_TRANSACTED, VC_ANSWER_KEPT},
		{"timeout", "the reader gives up waiting; the card has done nothing", VC_FAULT_NOTHING, VC_FAULT_NOTHING, true, SCARD_E_TIMEOUT, VC_ANSWER_KEPT},
		{"timeout-after", "the card has done it, too late for the reader", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_E_TIMEOUT, VC_ANSWER_KEPT},
		{"removed", "the card is pulled before (put it back: delete card.removed)", VC_FAULT_PULL, VC_FAULT_NOTHING, true, SCARD_W_REMOVED_CARD, VC_ANSWER_KEPT},
		{"removed-after", "the card has done it and is pulled before the answer", VC_FAULT_NOTHING, VC_FAULT_PULL, false, SCARD_W_REMOVED_CARD, VC_ANSWER_KEPT},
		{"reset-before", "somebody resets the card before", VC_FAULT_RESET, VC_FAULT_NOTHING, true, SCARD_W_RESET_CARD, VC_ANSWER_KEPT},
		{"reset-after", "the card has done it and is reset before the answer", VC_FAULT_NOTHING, VC_FAULT_RESET, false, SCARD_W_RESET_CARD, VC_ANSWER_KEPT},
		{"power-before", "the card loses power before", VC_FAULT_UNPOWER, VC_FAULT_NOTHING, true, SCARD_W_RESET_CARD, VC_ANSWER_KEPT},
		{"power-after", "the card has done it and loses power before the answer", VC_FAULT_NOTHING, VC_FAULT_UNPOWER, false, SCARD_W_RESET_CARD, VC_ANSWER_KEPT},
		{"empty", "an answer without a byte", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_EMPTY},
		{"one-byte", "an answer of one byte", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_ONE_BYTE},
		{"truncate", "half of the answer's data are missing", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_TRUNCATED},
		{"short", "the last byte of the answer's data is missing", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_SHORT},
		{"overlong", "more data than were asked for", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_OVERLONG},
		{"sw=", "sw=XXXX: this status word instead; the card has done nothing", VC_FAULT_NOTHING, VC_FAULT_NOTHING, true, SCARD_S_SUCCESS, VC_ANSWER_STATUS},
		{"sw-after=", "sw-after=XXXX: the card has done it; this status word instead of 9000", VC_FAULT_NOTHING, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_DONE},
		{"kill", "the program is killed before", VC_FAULT_KILL, VC_FAULT_NOTHING, true, SCARD_S_SUCCESS, VC_ANSWER_KEPT},
		{"kill-after", "the card has done it and the program is killed", VC_FAULT_NOTHING, VC_FAULT_KILL, false, SCARD_S_SUCCESS, VC_ANSWER_KEPT},
		{"interrupt", "the program gets SIGINT before, and the command goes on", VC_FAULT_INTERRUPT, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_KEPT},
		{"select=", "select=AID: another program selects this application before", VC_FAULT_SELECT, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_KEPT},
		{"open=", "open=AID: and verifies all PINs of this application", VC_FAULT_OPEN, VC_FAULT_NOTHING, false, SCARD_S_SUCCESS, VC_ANSWER_KEPT},
};

static struct vc_fault faults[FAULTS_MAX];
static size_t fault_count;
static atomic_ulong counts[VC_CLOCK_TRANSACTION + 1];
static atomic_bool struck;

static const struct vc_fault_kind *
find_kind(const char *word, const char **argument)
{
	size_t i, len;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		len = strlen(kinds[i].name);
		*argument = word + len;
		if (strncmp(word, kinds[i].name, len) == 0 && (kinds[i].name[len - 1] == '=') == (word[len] != '\0'))
			return &kinds[i];
	}
	return NULL;
}

static bool
parse_hex(struct vc_fault *fault, const char *digits)
{
	unsigned byte;
	int used;

	for (fault->argument_len = 0; *digits != '\0'; digits += used) {
		if (fault->argument_len == sizeof(fault->argument) || sscanf(digits, "%2x%n", &byte, &used) != 1 || used != 2)
			return false;
		fault->argument[fault->argument_len++] = (uint8_t)byte;
	}
	return true;
}

/* Parses the part before the colon, which says when the fault happens. Returns its end, or NULL. */
static const char *
parse_when(struct vc_fault *fault, const char *word)
{
	char *end;

	fault->clock = *word == 'T' ? VC_CLOCK_TRANSACTION : VC_CLOCK_TRANSMIT;
	if (*word == 'T')
		word++;
	fault->number = 0;
	if (*word == '*')
		return word + 1;
	fault->number = strtoul(word, &end, 10);
	return fault->number == 0 ? NULL : end;
}

static bool
parse_one(struct vc_fault *fault, const char *word)
{
	const char *argument, *colon = parse_when(fault, word);

	if (colon == NULL || *colon != ':')
		return false;
	fault->kind = find_kind(colon + 1, &argument);
	if (fault->kind == NULL || !parse_hex(fault, argument))
		return false;
	return (fault->kind->answer != VC_ANSWER_STATUS && fault->kind->answer != VC_ANSWER_DONE) || fault->argument_len == 2;
}

static void
complain(const char *word)
{
	size_t i;

	fprintf(stderr, "virtual card: VIRTUAL_CARD_FAULT \"%s\" is not NUMBER:KIND or TNUMBER:KIND; there are at most %d, of these kinds:\n", word, FAULTS_MAX);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		fprintf(stderr, "  %-14s %s\n", kinds[i].name, kinds[i].meaning);
}

bool
vc_fault_parse(const char *list)
{
	char *copy = list == NULL ? NULL : strdup(list), *word, *rest;
	bool ok = true;

	fault_count = 0;
	for (word = copy ? strtok_r(copy, ",", &rest) : NULL; word != NULL && ok; word = strtok_r(NULL, ",", &rest)) {
		ok = fault_count < FAULTS_MAX && parse_one(&faults[fault_count], word);
		if (ok)
			fault_count++;
		else
			complain(word);
	}
	free(copy);
	return ok;
}

bool
vc_fault_restart(const char *list)
{
	atomic_store(&counts[VC_CLOCK_TRANSMIT], 0);
	atomic_store(&counts[VC_CLOCK_TRANSACTION], 0);
	atomic_store(&struck, false);
	return vc_fault_parse(list);
}

bool
vc_fault_struck(void)
{
	return atomic_load(&struck);
}

void
vc_fault_note(void)
{
	atomic_store(&struck, true);
}

const struct vc_fault *
vc_fault_next(enum vc_fault_clock clock)
{
	unsigned long number = atomic_fetch_add(&counts[clock], 1) + 1;
	size_t i;

	for (i = 0; i < fault_count; i++)
		if (faults[i].clock == clock && (faults[i].number == number || faults[i].number == 0))
			return &faults[i];
	return NULL;
}

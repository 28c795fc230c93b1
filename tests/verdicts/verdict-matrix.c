/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The metamorphic test of verdicts: a card must never look better after one of its files was removed, cut in half, or replaced
 * by that of another card.
 *     verdict-matrix TEXT-PIN CODE-B BIRTH-CODE MY-NUMBER
 * The environment names the card and OpenSC's configuration, as tests/lib/lib.sh does; standard error must be a file. Runs all
 * trials with TEST_FULL=1, else one kind of change for each variant and file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judgement.h"

#define VARIANT_SIZE 128
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The variants of a card's records and keys. */
static const char *const variants[] = {
		"", "tamper-name", "tamper-address", "tamper-photo", "tamper-my-number", "tamper-signature", "tamper-cv", "tamper-clone",
		"tamper-foreign-record", "tamper-foreign-cv", "unknown-ca", "unknown-text-ca", "text-other-name", "text-other-birth", "text-other-sex",
		"unknown-text-ca,text-other-name", "tamper-clone,tamper-photo"};

/* All readable files of the text, surface and common applications, and the card's keys. */
static const char *const files[] = {
		"text:0001", "text:0002", "text:0003", "text:0004", "text:0005", "text:0006", "text:0007", "text:0008", "text:0013",
		"surface:0001", "surface:0002", "surface:0003", "surface:0004", "surface:0005", "surface:0006", "surface:001A",
		"common:0001", "common:0002", "common:0019"};

/* The code B files, which the viewer needs to read anything. They are only left out: another value would use up tries. */
static const char *const code_files[] = {"text:0015", "surface:0012"};

enum way {
	DROP,
	CUT,
	OTHER,
	WAY_COUNT
};
static const char *const ways[WAY_COUNT] = {[DROP] = "drop", [CUT] = "cut", [OTHER] = "other"};

/* A genuine file of another card may be better than a wrong file of this one, so the report line about that file alone may
 * improve. */
static const struct {
	const char *file, *topic;
} own_topics[] = {
		{"text:0001", "Input Support authenticity: My Number"},
		{"text:0002", "Input Support authenticity: name"},
		{"text:0004", "Input Support authenticity: signer"},
		{"text:0007", "Input Support authenticity: card key record"},
		{"surface:0002", "Card Surface authenticity: card face"},
		{"surface:0004", "Card Surface authenticity: signer"},
};

static const char *const rank_names[] = {"ok", "unknown", "FAIL", "an error"};

/* A changed card beside the same card before the change. */
struct pair {
	const char *variant;
	const char *replaced; /* the file that was replaced by another card's, or NULL */
	const struct judgement *before, *after;
	unsigned violations;
};

static void
violation(struct pair *pair, const char *what, const char *before, const char *after)
{
	printf("%s: %s: %s, before %s\n", pair->variant, what, after, before);
	pair->violations++;
}

static const struct line *
find_line(const struct judgement *judged, const char *topic)
{
	size_t i;

	for (i = 0; i < judged->lines_count; i++)
		if (strncmp(judged->lines[i].topic, topic, strlen(topic)) == 0)
			return &judged->lines[i];
	return NULL;
}

static bool
is_own(const struct pair *pair, const char *topic)
{
	size_t i;

	for (i = 0; pair->replaced != NULL && i < COUNT(own_topics); i++)
		if (strcmp(own_topics[i].file, pair->replaced) == 0 && strncmp(own_topics[i].topic, topic, strlen(own_topics[i].topic)) == 0)
			return true;
	return false;
}

/* Compares the lines of a report that exists after the change. A line that is missing there counts as "unknown". */
static void
compare_lines(struct pair *pair, size_t row)
{
	size_t i, len = strlen(readings[row].label);

	for (i = 0; i < pair->before->lines_count; i++) {
		const struct line *before = &pair->before->lines[i], *after = find_line(pair->after, before->topic);
		enum rank rank = after == NULL ? RANK_UNKNOWN : after->rank;

		if (strncmp(before->topic, readings[row].label, len) == 0 && rank < before->rank && !is_own(pair, before->topic))
			violation(pair, before->topic, rank_names[before->rank], after == NULL ? "missing" : rank_names[rank]);
	}
}

static void
compare_values(struct pair *pair, size_t row)
{
	const struct value *before = &pair->before->values[row], *after = &pair->after->values[row];
	const struct line *line = find_line(pair->after, readings[row].topic);

	if (!after->served)
		return;
	if (!before->served)
		violation(pair, readings[row].label, "refused", "served");
	else if ((after->len != before->len || after->sum != before->sum) && pair->after->verdict == RANK_OK)
		violation(pair, readings[row].label, "another value", "genuine");
	if (*readings[row].topic != '\0' && (line == NULL || line->rank != RANK_OK) && !after->told)
		violation(pair, readings[row].label, "checked", "served unchecked without a word");
}

static unsigned
compare(struct pair *pair)
{
	size_t row;

	if (pair->after->verdict < pair->before->verdict)
		violation(pair, "mynumber-card-face", rank_names[pair->before->verdict], rank_names[pair->after->verdict]);
	for (row = 0; row < VALUES_MAX; row++)
		if (readings[row].topic != NULL)
			compare_values(pair, row);
		else if (pair->after->reported[row])
			compare_lines(pair, row);
	return pair->violations;
}

static unsigned
try(size_t variant, const char *file, enum way way, const struct pins *pins, const struct judgement *before)
{
	char name[VARIANT_SIZE];
	struct judgement after;
	struct pair pair = {name, way == OTHER ? file : NULL, before, &after, 0};

	snprintf(name, sizeof(name), "%s%s%s=%s", variants[variant], *variants[variant] == '\0' ? "" : ",", ways[way], file);
	judge_card(name, pins, &after);
	return compare(&pair);
}

int
main(int argc, char **argv)
{
	bool full = getenv("TEST_FULL") != NULL;
	struct judgement before;
	struct pins pins;
	unsigned trials = 0, bad = 0;
	size_t variant, file;
	int way;

	if (argc != 5)
		return 2;
	pins = (struct pins){argv[1], argv[2], argv[3], argv[4]};
	for (variant = 0; variant < COUNT(variants); variant++) {
		judge_card(variants[variant], &pins, &before);
		printf("%s: %s\n", *variants[variant] == '\0' ? "genuine" : variants[variant], rank_names[before.verdict]);
		for (file = 0; file < COUNT(files); file++)
			for (way = 0; way < WAY_COUNT; way++)
				if (full || (variant + file) % WAY_COUNT == (size_t)way) {
					bad += try(variant, files[file], (enum way)way, &pins, &before) > 0;
					trials++;
				}
		for (file = 0; file < COUNT(code_files); file++) {
			bad += try(variant, code_files[file], DROP, &pins, &before) > 0;
			trials++;
		}
	}
	printf("%zu variants x (%zu files x %zu ways + %zu files left out): %u trials, %u held\n", COUNT(variants), COUNT(files), (size_t)WAY_COUNT,
			COUNT(code_files), trials, trials - bad);
	return bad > 0;
}

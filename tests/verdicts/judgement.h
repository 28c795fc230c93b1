/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records what the viewer and the driver say about one card. */
#ifndef VERDICTS_JUDGEMENT_H
#define VERDICTS_JUDGEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ordered from best to worst. */
enum rank {
	RANK_OK,
	RANK_UNKNOWN,
	RANK_FAIL,
	RANK_ERROR /* the driver or viewer returned no verdict */
};

#define LINES_MAX  12
#define LINE_SIZE  64
#define VALUES_MAX 16

struct line {
	char topic[LINE_SIZE]; /* the report's label and the topic of the line */
	enum rank rank;
};

struct value {
	bool served;
	size_t len;
	uint32_t sum; /* checksum of the value */
	bool told;    /* the driver wrote a message at or before the reading of this value */
};

/* The values and reports to read: id of the PIN object, label, and the topic of the record that contains the value (NULL: it
 * is a report). */
struct reading {
	uint8_t pin;
	const char *label;
	const char *topic;
};

extern const struct reading readings[VALUES_MAX];

struct judgement {
	enum rank verdict; /* the verdict of mynumber-card-face */
	struct line lines[LINES_MAX];
	size_t lines_count;
	bool reported[VALUES_MAX]; /* indexed like readings[] */
	struct value values[VALUES_MAX];
};

/* The person's PINs, each named by its PIN object. */
struct pins {
	const char *text, *code_b, *birth, *number;
};

/* Reads the card that VARIANT (see the virtual card's README) describes. Ends the program if there is no card. */
void judge_card(const char *variant, const struct pins *pins, struct judgement *judged);

#endif

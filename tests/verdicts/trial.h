/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the viewer and the driver say of one card. */
#ifndef VERDICTS_TRIAL_H
#define VERDICTS_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the best on. */
enum rank {
	RANK_OK,
	RANK_UNKNOWN,
	RANK_FAIL,
	RANK_ERROR /* nothing was said */
};

#define LINES_MAX  12
#define LINE_SIZE  64
#define VALUES_MAX 16

struct line {
	char topic[LINE_SIZE]; /* report and what the line is about */
	enum rank rank;
};

struct value {
	bool served;
	size_t len;
	uint32_t sum; /* of its bytes */
	bool told;    /* the driver has said something until it was read */
};

/* The values and reports that are read: PIN object's id, label, the topic of the record that it stands in (NULL: a report). */
struct reading {
	uint8_t pin;
	const char *label;
	const char *topic;
};

extern const struct reading readings[VALUES_MAX];

struct judgement {
	enum rank verdict; /* of mynumber-card-face */
	struct line lines[LINES_MAX];
	size_t lines_count;
	bool reported[VALUES_MAX]; /* by row of readings[] */
	struct value values[VALUES_MAX];
};

/* The PINs of the person, by id of the PIN object. */
struct pins {
	const char *text, *code_b, *birth, *number;
};

/* Reads the card that VARIANT (see the virtual card's README) names. Ends the program where there is no card. */
void trial_run(const char *variant, const struct pins *pins, struct judgement *judged);

#endif

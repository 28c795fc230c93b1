/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the page and the text say about a driving licence: its verdict, and its values in words. */
#ifndef TOOLS_LICENCE_WORDS_H
#define TOOLS_LICENCE_WORDS_H

#include "holder.h"
#include "licence.h"
#include "verdict.h"

/* The verdict of the licence alone, the worst last. There is none that calls a licence genuine: no signature ties it to the card. */
enum licence_state {
	LICENCE_SIGNED,	    /* the record is signed by a trusted key, and not expired */
	LICENCE_UNVERIFIED, /* its signature could not be verified */
	LICENCE_EXPIRED,
	LICENCE_WRONG, /* a check failed, or a value was refused */
	LICENCE_STATE_COUNT
};

struct licence_state_words {
	enum verdict verdict; /* its weight in the verdict of the whole page; its look */
	struct words headline, explanation;
};
extern const struct licence_state_words licence_states[LICENCE_STATE_COUNT];

enum licence_state licence_state(const struct licence *licence);

/* The worst verdict of all that is shown: of the card face, and of its licence if there is one. */
enum verdict shown_verdict(const struct face *face);

/* Moves *AT, which begins as 0, over the lines of a list. LINE points into ITEM. False at the end. */
struct licence_line {
	const char *text;
	size_t len;
};
bool licence_next_line(const struct secret *item, size_t *at, struct licence_line *line);

/* A class of vehicles, in the order of the face: first those of the first kind of licence, then those of the second class (二種). */
#define LICENCE_CLASS_COUNT 15
extern const struct words licence_classes[LICENCE_CLASS_COUNT];
bool licence_has_class(const struct licence *licence, size_t number);

/* Returns the colour of the bar with the expiry date, a class of the style sheet, and writes the colour class in words. TEXT is empty if the
 * card gives none. */
const char *licence_colour(const struct licence *licence, struct holder_text *text);

/* Writes the expiry date in words; TEXT is empty if the card gives none. */
void licence_expiry(const struct licence *licence, struct holder_text *text);

/* The number of the driving history, and the date of its record, which may be empty. They point into LICENCE. False if there is none. */
bool licence_history(const struct licence *licence, struct licence_line *number, struct licence_line *date);

/* Writes the date of the driving history's record in words; TEXT is empty if the card gives none. */
void licence_history_date(const struct licence *licence, struct holder_text *text);

/* True if the card has a driving history and no licence. */
bool licence_is_history(const struct licence *licence);

/* A line of LICENCE_DATES: the kind of classes and the date, as on the card and in words. The words of a date are empty if it is none. */
struct licence_date {
	struct licence_line kind_line, date_line; /* point into the line */
	struct holder_text kind, date;
};
void licence_date_line(const struct licence_line *line, struct licence_date *date);

#endif

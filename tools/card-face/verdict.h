/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the driver's reports say of the card: each finding, and all of them in one word. */
#ifndef TOOLS_VERDICT_H
#define TOOLS_VERDICT_H

#include "face.h"
#include "words.h"

enum verdict {
	VERDICT_GENUINE,     /* every check that there must be was made and passed */
	VERDICT_UNKNOWN,     /* something could not be checked */
	VERDICT_NOT_GENUINE, /* something is wrong */
	VERDICT_COUNT
};

/* One line of a report: `ok: WHAT: WHY`. */
struct finding {
	enum verdict kind;	   /* as the line begins; a line that begins otherwise is VERDICT_UNKNOWN */
	const struct words *topic; /* in plain words; NULL for one that is not known here */
	const char *text;	   /* the line after its first word, in the report */
	size_t len;
	const struct words *words; /* instead of the text, of a finding of this program's own */
};

/* Takes the next line of REPORT from *AT (first: 0) on; empty ones are skipped. False at its end. */
bool finding_next(const struct buffer *report, size_t *at, struct finding *finding);

/* Takes the next of this program's own findings, of what is shown and how it fits together, from *AT (first: 0) on. */
bool finding_next_own(const struct face *face, size_t *at, struct finding *finding);

/* The verdict on the card: the worst of all findings. */
enum verdict face_verdict(const struct face *face);

/* What a verdict is called: a headline, an explanation, and of a finding of its kind. */
struct verdict_words {
	const char *name; /* for classes of the style sheet */
	const char *mark;
	struct words headline, explanation, finding;
};
extern const struct verdict_words verdict_words[VERDICT_COUNT];

#endif

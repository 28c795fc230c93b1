/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Evaluates the driver's reports on the card: the single findings, and one verdict. */
#ifndef TOOLS_VERDICT_H
#define TOOLS_VERDICT_H

#include "face.h"
#include "tools/common/words.h"

enum verdict {
	VERDICT_GENUINE,     /* every required check was made and passed */
	VERDICT_UNKNOWN,     /* something could not be checked */
	VERDICT_NOT_GENUINE, /* something is wrong */
	VERDICT_COUNT
};

/* The reports in which findings are listed. Those of this program, which compares the values of both, come last. */
enum finding_source {
	FROM_SURFACE,
	FROM_TEXT,
	FROM_VIEWER,
	FINDING_SOURCES
};

/* One line of a report: `ok: WHAT: WHY`. */
struct finding {
	enum verdict kind;	   /* by the first word of the line; VERDICT_UNKNOWN for any other word */
	const char *code;	   /* a stable word for the topic */
	bool text_only;		   /* concerns only the text of Input Support, and no value of the card face */
	const struct words *topic; /* NULL for an unknown topic */
	const char *text;	   /* the line without its first word; points into the report */
	size_t len;
	const struct words *words; /* used instead of the text in findings of this program */
};

/* Parses the next line of REPORT at *AT, which begins as 0, and moves *AT. Skips empty lines. False at the end. */
bool finding_next(const struct secret *report, size_t *at, struct finding *finding);

/* Gives the next finding of this program itself, which compares the shown values; *AT begins as 0. False at the end. */
bool finding_next_own(const struct face *face, size_t *at, struct finding *finding);

/* The place of a finding among all of a face. All members begin as 0. */
struct finding_place {
	enum finding_source source;
	size_t at;
};

/* Gives the next finding of the reports and of this program. PLACE then has its source. False at the end. */
bool finding_next_of_face(const struct face *face, struct finding_place *place, struct finding *finding);

/* Returns the worst of all findings. */
enum verdict face_verdict(const struct face *face);

/* The words for a verdict: headline, explanation, and the result of a single finding. */
struct verdict_words {
	const char *name; /* the class in the style sheet, and a stable word for programs */
	const char *mark;
	enum outcome outcome;
	struct words headline, explanation, finding;
};
extern const struct verdict_words verdict_words[VERDICT_COUNT];

#endif

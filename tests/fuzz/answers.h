/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PC/SC library whose card answers with the chunks of an input, one for each exchange. */
#ifndef TESTS_FUZZ_ANSWERS_H
#define TESTS_FUZZ_ANSWERS_H

#include <stddef.h>
#include <stdint.h>

/* The kinds of chunks. */
enum answer_kind {
	ANSWER_BYTES,	/* the answer: data and status word */
	ANSWER_RESET,	/* another program has reset the card: this call and all later ones return that error until the program reconnects */
	ANSWER_REMOVED, /* the card was removed */
	ANSWER_LOST,	/* the reader got no answer */
	ANSWER_ATR,	/* not an answer: sets the ATR, if it is the first chunk */
	ANSWER_KINDS
};

/* Counts what was done with an input so far. */
struct answers_count {
	unsigned exchanges;
	unsigned verifies; /* commands that contained a PIN */
};

/* Makes the card answer with the SIZE bytes at DATA, which must stay valid. */
typedef void answers_feed_fn(const uint8_t *data, size_t size);
answers_feed_fn answers_feed;

typedef struct answers_count answers_told_fn(void);
answers_told_fn answers_told;

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PC/SC library whose card says what it is told to: its answers are the chunks of an input, one for each exchange. */
#ifndef TESTS_FUZZ_ANSWERS_H
#define TESTS_FUZZ_ANSWERS_H

#include <stddef.h>
#include <stdint.h>

/* What a chunk is. */
enum answer_kind {
	ANSWER_BYTES,	/* the answer: data and status word */
	ANSWER_RESET,	/* somebody has reset the card: what the call answers, and each until the program reconnects */
	ANSWER_REMOVED, /* it was pulled */
	ANSWER_LOST,	/* the reader got none */
	ANSWER_ATR,	/* no answer, but the ATR, where it comes first */
	ANSWER_KINDS
};

/* What has come of an input so far. */
struct answers_count {
	unsigned exchanges;
	unsigned verifies; /* commands that carried a PIN */
};

/* From now on the card's answers are the SIZE bytes at DATA, which must stay. */
typedef void answers_feed_fn(const uint8_t *data, size_t size);
answers_feed_fn answers_feed;

typedef struct answers_count answers_told_fn(void);
answers_told_fn answers_told;

#endif

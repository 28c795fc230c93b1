/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connection to a card without the driver of this project: raw commands, timed, so that the card itself is heard. */
#ifndef REPORT_EXCHANGE_H
#define REPORT_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card-driver/trust/crypto.h"
#include "tools/common/reader.h"

#define ANSWER_MAX	 0x10000 /* Le 0000 of extended length */
#define SHORT_ANSWER_MAX 256

#define SW1_WRONG_LE	  0x6C /* SW2 is the Le that the card wants */
#define SW_OK		  0x9000
#define SW_END_REACHED	  0x6282
#define SW_NO_ANSWER	  0 /* reader or card failed */
#define SW_WRONG_LENGTH	  0x6700
#define SW_NOT_VERIFIED	  0x6982
#define SW_STRUCTURE	  0x6981
#define SW_NO_CURRENT_EF  0x6986
#define SW_NOT_FOUND	  0x6A82
#define SW_NO_RECORD	  0x6A83
#define SW_WRONG_P1P2	  0x6A86
#define SW_BEYOND_END	  0x6B00
#define SW_NO_CHANNEL	  0x6881
#define SW_SELF_DIAGNOSIS 0x6F00

/* What is timed, where it was answered by 9000. */
enum timed {
	TIMED_SELECT,
	TIMED_READ, /* of 256 bytes */
	TIMED_VERIFY,
	TIMED_SIGN,
	TIMED_OTHER,
	TIMED_COUNT
};

struct timing {
	unsigned count;
	double total, max; /* milliseconds */
};

struct answer {
	unsigned sw;
	size_t len;
	uint8_t data[ANSWER_MAX];
};

struct link {
	sc_context_t *ctx;
	sc_card_t *card;
	struct timing timing[TIMED_COUNT];
	unsigned ef;	      /* that was selected last; 0: none */
	unsigned more_data;   /* answers 61xx or 6Cxx so far */
	struct answer answer; /* of the last command */
};

/* Connects to the card in reader NUMBER, or READER_ANY, as reader_open() does and with its outcomes. */
enum outcome link_open(struct link *link, int number);

/* Clears what was read, and leaves nothing verified. */
void link_close(struct link *link);

/* Sends a command of LEN data bytes and LE expected ones (0: none). The status word; the answer, also an unexpected one, is in
 * link->answer. */
unsigned link_send(struct link *link, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const void *data, size_t len, size_t le);

unsigned link_select(struct link *link, const uint8_t *aid, size_t len);
unsigned link_select_ef(struct link *link, unsigned id);

/* Reads LE bytes of the selected file. */
unsigned link_read(struct link *link, size_t offset, size_t le);

/* COMPUTE DIGITAL SIGNATURE with P1 = 00 and this P2, PKCS #1 v1.5 of a SHA-256 hash (docs/card.md 6.1, 6.2). */
unsigned link_sign_hash(struct link *link, unsigned p2, const uint8_t hash[SHA256_LEN]);

/* Resets the card, warm or by taking its power. False if that failed. */
bool link_reset(struct link *link, bool power);

/* True if the reader says that it carries extended length. */
bool link_extended(const struct link *link);

#endif

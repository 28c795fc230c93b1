/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends single commands to the card and measures their time. Does not use the driver of this project, which would correct the answers. */
#ifndef REPORT_EXCHANGE_H
#define REPORT_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card-driver/base/apdu.h"
#include "card-driver/trust/crypto.h"
#include "tools/common/reader.h"

#define ANSWER_MAX 0x10000 /* Le 0000 of extended length */

#define SW1_WRONG_LE	  0x6C /* SW2 is the correct Le */
#define SW_OK		  0x9000
#define SW_END_REACHED	  0x6282
#define SW_NO_ANSWER	  0 /* no status word: the reader or the card failed */
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

/* The kinds of commands whose time is measured if the answer is 9000. */
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
	unsigned ef;	      /* the EF that was selected last; 0: none */
	unsigned more_data;   /* number of answers 61xx or 6Cxx */
	struct answer answer; /* to the last command */
};

/* Connects to the card as reader_open() does, with the same outcomes, and disables the drivers. */
enum outcome link_open(struct link *link, int number);

/* Selects another application, so that no PIN stays verified. Disconnects and clears the answer. */
void link_close(struct link *link);

/* Sends a command with LEN bytes of data, and expects up to LE bytes (0: none). Returns the status word; link->answer gets the whole
 * answer. */
unsigned link_send(struct link *link, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const void *data, size_t len, size_t le);

/* Select an application or an EF. Return the status word. */
unsigned link_select(struct link *link, const uint8_t *aid, size_t len);
unsigned link_select_ef(struct link *link, unsigned id);

/* Reads up to LE bytes of the selected file. Returns the status word. */
unsigned link_read(struct link *link, size_t offset, size_t le);

/* Sends COMPUTE DIGITAL SIGNATURE with P1 = 00 and this P2: PKCS #1 v1.5 of a SHA-256 hash (docs/card.md 6.1, 6.2). */
unsigned link_sign_hash(struct link *link, unsigned p2, const uint8_t hash[SHA256_LEN]);

/* Resets the card, with or without switching its power off. False if the reset failed. */
bool link_reset(struct link *link, bool power);

/* True if the reader claims to support extended length. */
bool link_extended(const struct link *link);

#endif

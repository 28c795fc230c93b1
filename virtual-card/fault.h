/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults between program and card, for tests: VIRTUAL_CARD_FAULT="N:KIND[,N:KIND...]". N counts this process's calls of
 * SCardTransmit from 1. With a T before it, N counts SCardBeginTransaction; * means each call.
 */
#ifndef VIRTUAL_CARD_FAULT_H
#define VIRTUAL_CARD_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <winscard.h>

#include "structure.h"

/* What happens to the card and to its answer. */
enum vc_fault_event {
	VC_FAULT_NOTHING,
	VC_FAULT_PULL,	   /* the card is removed */
	VC_FAULT_RESET,	   /* another program resets the card */
	VC_FAULT_UNPOWER,  /* the card loses power */
	VC_FAULT_SELECT,   /* another program selects another application */
	VC_FAULT_OPEN,	   /* ... and verifies all its PINs */
	VC_FAULT_KILL,	   /* the program is killed */
	VC_FAULT_INTERRUPT /* the user interrupts the program (SIGINT) */
};

enum vc_fault_answer {
	VC_ANSWER_KEPT,
	VC_ANSWER_EMPTY,
	VC_ANSWER_ONE_BYTE,  /* the answer is half a status word */
	VC_ANSWER_TRUNCATED, /* half of the answer's data is missing */
	VC_ANSWER_SHORT,     /* the last byte of the answer's data is missing */
	VC_ANSWER_OVERLONG,  /* the answer has more data than requested */
	VC_ANSWER_DONE,	     /* a status word that the test chooses instead of 9000, and no data */
	VC_ANSWER_STATUS     /* a status word that the test chooses, and no data */
};

struct vc_fault_kind {
	const char *name;
	const char *meaning;
	enum vc_fault_event before, after; /* what happens before and after the command */
	bool lost;			   /* the command does not reach the card */
	LONG rv;			   /* the return value of SCardTransmit */
	enum vc_fault_answer answer;
};

/* The calls that a fault's number can count. */
enum vc_fault_clock {
	VC_CLOCK_TRANSMIT,
	VC_CLOCK_TRANSACTION
};

struct vc_fault {
	const struct vc_fault_kind *kind;
	enum vc_fault_clock clock;
	unsigned long number;	      /* 0: each call */
	uint8_t argument[VC_AID_MAX]; /* status word or AID */
	size_t argument_len;
};

/* Parses LIST (NULL: none). Returns false with a message on stderr if it is invalid. */
bool vc_fault_parse(const char *list);

/* The same, and restarts counting from 1, for a program that runs many trials in one process. The library exports it. */
bool __attribute__((visibility("default"))) vc_fault_restart(const char *list);

/* True if a fault has changed the card or an answer since then. */
bool __attribute__((visibility("default"))) vc_fault_struck(void);

/* Records that a fault has changed something. */
void vc_fault_note(void);

/* Counts one more call of the kind CLOCK. Returns its fault, or NULL. */
const struct vc_fault *vc_fault_next(enum vc_fault_clock clock);

#endif

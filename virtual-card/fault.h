/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults between program and card, for tests: VIRTUAL_CARD_FAULT="N:KIND[,N:KIND...]". N counts this process's
 * SCardTransmit from 1; with a T before it, its SCardBeginTransaction; * is each one.
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
	VC_FAULT_PULL,	   /* the card is pulled out */
	VC_FAULT_RESET,	   /* somebody resets it */
	VC_FAULT_UNPOWER,  /* it loses power */
	VC_FAULT_SELECT,   /* somebody selects another application */
	VC_FAULT_OPEN,	   /* and verifies all its PINs */
	VC_FAULT_KILL,	   /* the program is killed */
	VC_FAULT_INTERRUPT /* the user interrupts the program (SIGINT) */
};

enum vc_fault_answer {
	VC_ANSWER_KEPT,
	VC_ANSWER_EMPTY,
	VC_ANSWER_ONE_BYTE,  /* half a status word */
	VC_ANSWER_TRUNCATED, /* half of its data are missing */
	VC_ANSWER_SHORT,     /* the last byte of its data is missing */
	VC_ANSWER_OVERLONG,  /* more data than were asked for */
	VC_ANSWER_DONE,	     /* a status word of the test's choice in place of 9000, and no data */
	VC_ANSWER_STATUS     /* a status word of the test's choice, and no data */
};

struct vc_fault_kind {
	const char *name;
	const char *meaning;
	enum vc_fault_event before, after; /* the command */
	bool lost;			   /* the command never reaches the card */
	LONG rv;			   /* of SCardTransmit */
	enum vc_fault_answer answer;
};

/* What faults are counted by. */
enum vc_fault_clock {
	VC_CLOCK_TRANSMIT,
	VC_CLOCK_TRANSACTION
};

struct vc_fault {
	const struct vc_fault_kind *kind;
	enum vc_fault_clock clock;
	unsigned long number;	      /* 0: each */
	uint8_t argument[VC_AID_MAX]; /* status word or AID */
	size_t argument_len;
};

/* Reads LIST (NULL: none). False with a message on stderr if it cannot be understood. */
bool vc_fault_parse(const char *list);

/* The same and counts from 1 again: for a program that runs many trials in one process. The library exports it. */
bool __attribute__((visibility("default"))) vc_fault_restart(const char *list);

/* Whether a fault has changed the card or an answer since then. */
bool __attribute__((visibility("default"))) vc_fault_struck(void);

/* A fault has changed something. */
void vc_fault_note(void);

/* Counts one more call of the kind that CLOCK counts; its fault, or NULL. */
const struct vc_fault *vc_fault_next(enum vc_fault_clock clock);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One trial runs a job with a fault, and then the same job without a fault. */
#ifndef FAULTS_TRIAL_H
#define FAULTS_TRIAL_H

#include "job.h"

/* Classes of faults, which decide what errors a job may return. */
enum fault_class {
	FAULT_REMOVED,
	FAULT_TRANSPORT,
	FAULT_RESET,
	FAULT_NO_ANSWER, /* the answer has not even a status word */
	FAULT_ANSWER,	 /* the answer is cut, or longer than requested */
	FAULT_STATUS,	 /* the card returns an error status */
	FAULT_MEMORY
};

/* A kind of VIRTUAL_CARD_FAULT, and whether its number counts exchanges or transactions. */
struct fault {
	const char *kind;
	enum fault_class class;
	bool at_transaction; /* happens when a transaction begins; else at an exchange */
};

extern const struct fault faults[];
extern const size_t faults_count;

/* Either fault number FAULT at exchange (or transaction) NUMBER; or FAULT is one of these constants, and the driver's
 * NUMBER-th call that needs memory fails, either once or together with each later call of the same function. */
#define CALL_FAILS	     ((size_t)-1)
#define CALL_GOES_ON_FAILING ((size_t)-2)
struct trial {
	const struct job *job;
	size_t number;
	size_t fault;
};

/* What the job needs when nothing fails. */
struct normal_run {
	int result;
	size_t exchanges;
	size_t calls; /* calls that need memory */
};

/* Runs the job without a fault, and records its results for comparison. */
struct normal_run trial_learn(const struct job *job);

/* Writes a violated expectation to WHY, which otherwise stays empty. Returns false if no fault was tried: the job has no
 * transaction of that number, or the fault would not have changed anything. */
bool trial_run(const struct trial *trial, const struct normal_run *normal, char *why, size_t size);

/* Describes the trial in words. */
void trial_name(const struct trial *trial, char *name, size_t size);

#endif

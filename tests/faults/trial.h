/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One trial: a job with a fault, and the same job without one after it. */
#ifndef FAULTS_TRIAL_H
#define FAULTS_TRIAL_H

#include "job.h"

/* What a fault may end in, besides success. */
enum fault_class {
	FAULT_REMOVED,
	FAULT_TRANSPORT,
	FAULT_RESET,
	FAULT_NO_ANSWER, /* not even a status word */
	FAULT_ANSWER,	 /* of which something is missing, or more than was asked for */
	FAULT_STATUS,	 /* the card says no */
	FAULT_MEMORY
};

/* A kind of VIRTUAL_CARD_FAULT, and what its number counts. */
struct fault {
	const char *kind;
	enum fault_class class;
	bool at_transaction; /* that begins; else at an exchange */
};

extern const struct fault faults[];
extern const size_t faults_count;

/* Fault number FAULT at exchange (or transaction) NUMBER; or FAULT is one of these, and the driver's NUMBER-th call that needs
 * memory fails, once or with each later one of the same function. */
#define CALL_FAILS	     ((size_t)-1)
#define CALL_GOES_ON_FAILING ((size_t)-2)
struct trial {
	const struct job *job;
	size_t number;
	size_t fault;
};

/* What the job needs where nothing fails. */
struct normal_run {
	int result;
	size_t exchanges;
	size_t calls; /* that need memory */
};

/* Runs the job without a fault, which also learns what it gives. */
struct normal_run trial_learn(const struct job *job);

/* What is not as it must be is said in WHY, which else stays empty. False where nothing was tried: the job has no transaction
 * of that number, or the fault would have been what happens anyway. */
bool trial_run(const struct trial *trial, const struct normal_run *normal, char *why, size_t size);

/* The trial in words. */
void trial_name(const struct trial *trial, char *name, size_t size);

#endif

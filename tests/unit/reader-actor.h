/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tests of the in-process PC/SC library are actors: each runs in a process of its own, so that it starts with a library that
 * has just been loaded.
 */
#ifndef TESTS_UNIT_READER_ACTOR_H
#define TESTS_UNIT_READER_ACTOR_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <winscard.h>
#include <reader.h>

#include "virtual-card-steps.h"

#define READER	     "Virtual My Number Card Reader 00 00"
#define PNP	     "\\\\?PnP?\\Notification"
#define ANSWER_MAX   300
#define SW_OK	     0x9000
#define SW_SECURITY  0x6982
#define SW_NOT_FOUND 0x6A82

struct command {
	DWORD len;
	BYTE bytes[20];
};

extern const struct command select_jpki, select_text, read_label, verify_auth, sign_short;

/* Ends the test's process if the condition is false. */
#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
			_exit(EXIT_FAILURE); \
		} \
	} while (0)

#define CHECK_RV(expected, call) check_rv(__LINE__, #call, expected, call)

void check_rv(int line, const char *call, LONG expected, LONG rv);

SCARDCONTEXT new_context(void);

/* Connects to the reader. */
LONG connect_as(SCARDCONTEXT context, DWORD mode, SCARDHANDLE *handle);
SCARDHANDLE connect_shared(void);
LONG reconnect(SCARDHANDLE handle, DWORD initialization);

/* Does one exchange; ANSWER has room for ANSWER_MAX bytes. */
LONG transmit(SCARDHANDLE handle, const struct command *command, BYTE *answer, DWORD *len);

/* The same, returning only whether the exchange took place, or only its status word. */
LONG transmit_rv(SCARDHANDLE handle, const struct command *command);
int status_word(SCARDHANDLE handle, const struct command *command);

struct actor {
	const char *name;
	void (*act)(void);
};

/* Runs ACT in a new process. Returns true if the process ended without a failed check. */
pid_t spawn(void (*act)(void));
bool ends_well(pid_t pid);

/* Defines a cmocka test whose state is a struct actor. The actor runs with a new card. */
void run_actor(void **state);

/* Runs the actors, and the tests in MORE unless it is NULL, as one cmocka group. Returns the value for main() to return. */
int run_actors(const struct actor *actors, size_t count, void (*more)(void **));

#endif

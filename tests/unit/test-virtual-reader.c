/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The in-process PC/SC library shares the card among processes and threads as pcscd does. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>

#include "reader-actor.h"

#define THREADS	  4
#define ROUNDS	  50
#define LET_IN_MS 200 /* long enough for a process that need not wait; a process that must wait always takes longer */

static void
first_steps(void)
{
	SCARDCONTEXT context = new_context();
	SCARDHANDLE handle;
	BYTE answer[ANSWER_MAX], *atr;
	char names[64], *name;
	DWORD len = sizeof(names), state, protocol, atr_len = SCARD_AUTOALLOCATE, name_len = SCARD_AUTOALLOCATE;

	CHECK_RV(SCARD_S_SUCCESS, SCardListReaders(context, NULL, names, &len));
	CHECK(len == sizeof(READER) + 1 && memcmp(names, READER "\0", len) == 0);
	len = 3;
	CHECK_RV(SCARD_E_INSUFFICIENT_BUFFER, SCardListReaders(context, NULL, names, &len));
	CHECK_RV(SCARD_S_SUCCESS, connect_as(context, SCARD_SHARE_SHARED, &handle));
	CHECK_RV(SCARD_S_SUCCESS, SCardStatus(handle, (LPSTR)(void *)&name, &name_len, &state, &protocol, (LPBYTE)(void *)&atr, &atr_len));
	CHECK(strcmp(name, READER) == 0 && protocol == SCARD_PROTOCOL_T1 && state == (SCARD_PRESENT | SCARD_POWERED | SCARD_NEGOTIABLE));
	CHECK(atr_len > 2 && atr[0] == 0x3B);
	CHECK_RV(SCARD_S_SUCCESS, SCardFreeMemory(context, name));
	CHECK_RV(SCARD_S_SUCCESS, SCardFreeMemory(context, atr));
	CHECK(status_word(handle, &read_label) == SW_NOT_FOUND);
	CHECK(status_word(handle, &select_jpki) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, transmit(handle, &read_label, answer, &len));
	CHECK(len == 18 && memcmp(answer, "JPKIAP", 6) == 0);
	len = 4;
	CHECK_RV(SCARD_E_INSUFFICIENT_BUFFER, SCardTransmit(handle, SCARD_PCI_T1, read_label.bytes, read_label.len, NULL, answer, &len));
	len = sizeof(answer);
	CHECK_RV(SCARD_E_PROTO_MISMATCH, SCardTransmit(handle, SCARD_PCI_T0, read_label.bytes, read_label.len, NULL, answer, &len));
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(handle, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_E_INVALID_HANDLE, transmit_rv(handle, &read_label));
	CHECK_RV(SCARD_S_SUCCESS, SCardIsValidContext(context));
	CHECK_RV(SCARD_S_SUCCESS, SCardReleaseContext(context));
	CHECK_RV(SCARD_E_INVALID_HANDLE, SCardIsValidContext(context));
	CHECK_RV(SCARD_E_UNKNOWN_READER, SCardConnect(new_context(), "another", SCARD_SHARE_SHARED, SCARD_PROTOCOL_T1, &handle, &protocol));
}

static void
verify_and_leave(void)
{
	SCARDHANDLE handle = connect_shared();

	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &verify_auth) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(handle, SCARD_LEAVE_CARD));
}

/* The next program finds the card in the state that the last one left, which is a known danger of this card. */
static void
state_outlives_processes(void)
{
	SCARDHANDLE handle;

	CHECK(ends_well(spawn(verify_and_leave)));
	handle = connect_shared();
	CHECK(status_word(handle, &sign_short) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(handle, SCARD_UNPOWER_CARD));
	handle = connect_shared();
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &sign_short) == SW_SECURITY);
}

static void
reset_and_leave(void)
{
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(connect_shared(), SCARD_RESET_CARD));
}

static void
others_notice_a_reset(void)
{
	SCARDHANDLE handle = connect_shared();

	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &verify_auth) == SW_OK);
	CHECK(ends_well(spawn(reset_and_leave)));
	CHECK_RV(SCARD_W_RESET_CARD, transmit_rv(handle, &sign_short));
	CHECK_RV(SCARD_W_RESET_CARD, SCardBeginTransaction(handle));
	CHECK_RV(SCARD_W_RESET_CARD, SCardStatus(handle, NULL, NULL, NULL, NULL, NULL, NULL));
	CHECK_RV(SCARD_S_SUCCESS, reconnect(handle, SCARD_LEAVE_CARD));
	CHECK(status_word(handle, &read_label) == SW_NOT_FOUND);
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &sign_short) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, reconnect(handle, SCARD_UNPOWER_CARD));
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &sign_short) == SW_SECURITY);
}

static void
exclusive_means_alone(void)
{
	SCARDCONTEXT context = new_context();
	SCARDHANDLE exclusive, other;
	DWORD protocol;

	CHECK_RV(SCARD_S_SUCCESS, connect_as(context, SCARD_SHARE_EXCLUSIVE, &exclusive));
	CHECK_RV(SCARD_E_SHARING_VIOLATION, connect_as(context, SCARD_SHARE_SHARED, &other));
	CHECK_RV(SCARD_S_SUCCESS, SCardReconnect(exclusive, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD, &protocol));
	CHECK_RV(SCARD_S_SUCCESS, connect_as(context, SCARD_SHARE_SHARED, &other));
	CHECK_RV(SCARD_E_SHARING_VIOLATION, SCardReconnect(exclusive, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD, &protocol));
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(exclusive, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_E_SHARING_VIOLATION, connect_as(context, SCARD_SHARE_EXCLUSIVE, &exclusive));
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(other, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_S_SUCCESS, connect_as(context, SCARD_SHARE_EXCLUSIVE, &exclusive));
}

static int started[2]; /* a pipe through which an actor reports that it is about to begin a transaction, or has begun it */

static void
say_started(void)
{
	CHECK(write(started[1], "", 1) == 1);
}

static void
hear_started(void)
{
	char byte;

	CHECK(read(started[0], &byte, 1) == 1);
}

static void
select_text_in_a_transaction(void)
{
	SCARDHANDLE handle = connect_shared();

	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	say_started();
	CHECK(status_word(handle, &select_text) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(handle, SCARD_LEAVE_CARD));
}

/* If the library admitted the other process, it would report that and select its application between these reads. */
static void
transactions_exclude_others(void)
{
	SCARDHANDLE handle = connect_shared();
	struct pollfd let_in = {.events = POLLIN};
	pid_t other;
	int i;

	CHECK(pipe(started) == 0);
	let_in.fd = started[0];
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle)); /* transactions nest */
	CHECK(status_word(handle, &select_jpki) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	other = spawn(select_text_in_a_transaction);
	CHECK(poll(&let_in, 1, LET_IN_MS) == 0);
	for (i = 0; i < ROUNDS; i++)
		CHECK(status_word(handle, &read_label) == SW_OK);
	CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK_RV(SCARD_E_NOT_TRANSACTED, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	CHECK(ends_well(other));
}

static void
begin_and_hang(void)
{
	SCARDHANDLE handle = connect_shared();

	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
	say_started();
	for (;;)
		pause();
}

static void
killed_process_frees_the_card(void)
{
	pid_t other;
	int status;

	CHECK(pipe(started) == 0);
	other = spawn(begin_and_hang);
	hear_started();
	CHECK(kill(other, SIGKILL) == 0 && waitpid(other, &status, 0) == other);
	CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(connect_shared()));
}

static void
set_removed(bool removed)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/card.removed", persona_dir);
	if (!removed) {
		CHECK(unlink(path) == 0);
		return;
	}
	file = fopen(path, "w");
	CHECK(file != NULL && fclose(file) == 0);
}

static void
pulled_card(void)
{
	SCARDHANDLE handle = connect_shared(), other;

	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &verify_auth) == SW_OK);
	set_removed(true);
	CHECK_RV(SCARD_W_REMOVED_CARD, transmit_rv(handle, &sign_short));
	CHECK_RV(SCARD_E_NO_SMARTCARD, connect_as(new_context(), SCARD_SHARE_SHARED, &other));
	CHECK_RV(SCARD_S_SUCCESS, connect_as(new_context(), SCARD_SHARE_DIRECT, &other));
	set_removed(false);
	CHECK_RV(SCARD_W_REMOVED_CARD, transmit_rv(handle, &sign_short));
	CHECK_RV(SCARD_S_SUCCESS, reconnect(handle, SCARD_LEAVE_CARD));
	CHECK(status_word(handle, &select_jpki) == SW_OK && status_word(handle, &sign_short) == SW_SECURITY);
}

static void *
pull_from_a_thread(void *unused)
{
	(void)unused;
	set_removed(true);
	return NULL;
}

static void
waiting_for_the_card_to_go(void)
{
	SCARD_READERSTATE states[] = {{.szReader = READER}, {.szReader = PNP}};
	SCARDCONTEXT context = new_context();
	pthread_t thread;

	CHECK_RV(SCARD_S_SUCCESS, SCardGetStatusChange(context, 0, states, 2));
	CHECK((states[0].dwEventState & (SCARD_STATE_PRESENT | SCARD_STATE_CHANGED)) == (SCARD_STATE_PRESENT | SCARD_STATE_CHANGED));
	CHECK(states[0].cbAtr > 0 && (states[1].dwEventState & SCARD_STATE_CHANGED) == 0);
	states[0].dwCurrentState = states[0].dwEventState;
	CHECK_RV(SCARD_E_TIMEOUT, SCardGetStatusChange(context, 0, states, 2));
	CHECK_RV(SCARD_E_TIMEOUT, SCardGetStatusChange(context, 10, states, 2));
	CHECK(pthread_create(&thread, NULL, pull_from_a_thread, NULL) == 0);
	CHECK_RV(SCARD_S_SUCCESS, SCardGetStatusChange(context, INFINITE, states, 2));
	CHECK((states[0].dwEventState & (SCARD_STATE_EMPTY | SCARD_STATE_CHANGED)) == (SCARD_STATE_EMPTY | SCARD_STATE_CHANGED));
	CHECK(states[0].cbAtr == 0 && pthread_join(thread, NULL) == 0);
	states[0].szReader = "another";
	CHECK_RV(SCARD_E_UNKNOWN_READER, SCardGetStatusChange(context, 0, states, 1));
}

static void *
cancel_from_a_thread(void *context)
{
	CHECK_RV(SCARD_S_SUCCESS, SCardCancel(*(SCARDCONTEXT *)context));
	return NULL;
}

static void
cancelled_waiting(void)
{
	SCARD_READERSTATE pnp = {.szReader = PNP};
	SCARDCONTEXT context = new_context();
	pthread_t thread;

	CHECK(pthread_create(&thread, NULL, cancel_from_a_thread, &context) == 0);
	CHECK_RV(SCARD_E_CANCELLED, SCardGetStatusChange(context, INFINITE, &pnp, 1));
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK_RV(SCARD_E_TIMEOUT, SCardGetStatusChange(context, 0, &pnp, 1)); /* SCardCancel ends only one wait */
}

static void *
use_the_card(void *command)
{
	SCARDHANDLE handle = connect_shared();
	int i;

	for (i = 0; i < ROUNDS; i++) {
		CHECK_RV(SCARD_S_SUCCESS, SCardBeginTransaction(handle));
		CHECK(status_word(handle, command) == SW_OK);
		CHECK(status_word(handle, &read_label) == (command == &select_jpki ? SW_OK : SW_SECURITY));
		CHECK_RV(SCARD_S_SUCCESS, SCardEndTransaction(handle, SCARD_LEAVE_CARD));
	}
	CHECK_RV(SCARD_S_SUCCESS, SCardDisconnect(handle, SCARD_LEAVE_CARD));
	return NULL;
}

static void
threads(void)
{
	pthread_t thread[THREADS];
	int i;

	for (i = 0; i < THREADS; i++)
		CHECK(pthread_create(&thread[i], NULL, use_the_card, (void *)(uintptr_t)(i % 2 ? &select_jpki : &select_text)) == 0);
	for (i = 0; i < THREADS; i++)
		CHECK(pthread_join(thread[i], NULL) == 0);
}

int
main(void)
{
	static const struct actor actors[] = {
			{"first_steps", first_steps},
			{"state_outlives_processes", state_outlives_processes},
			{"others_notice_a_reset", others_notice_a_reset},
			{"exclusive_means_alone", exclusive_means_alone},
			{"transactions_exclude_others", transactions_exclude_others},
			{"killed_process_frees_the_card", killed_process_frees_the_card},
			{"pulled_card", pulled_card},
			{"waiting_for_the_card_to_go", waiting_for_the_card_to_go},
			{"cancelled_waiting", cancelled_waiting},
			{"threads", threads},
	};

	return run_actors(actors, sizeof(actors) / sizeof(actors[0]), NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reader-actor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#define ACTORS_MAX 32

const struct command select_jpki = {15, {0x00, 0xA4, 0x04, 0x0C, 10, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}};
const struct command select_text = {15, {0x00, 0xA4, 0x04, 0x0C, 10, 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}};
const struct command read_label = {5, {0x00, 0xB0, 0x86, 0x00, 16}};
const struct command verify_auth = {9, {0x00, 0x20, 0x00, 0x98, 4, '1', '2', '3', '4'}};
const struct command sign_short = {7, {0x80, 0x2A, 0x00, 0x97, 1, 0x00, 0x00}};

void
check_rv(int line, const char *call, LONG expected, LONG rv)
{
	if (rv == expected)
		return;
	fprintf(stderr, "line %d: %s: 0x%08lX\n", line, call, (unsigned long)rv);
	_exit(EXIT_FAILURE);
}

SCARDCONTEXT
new_context(void)
{
	SCARDCONTEXT context;

	CHECK_RV(SCARD_S_SUCCESS, SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context));
	return context;
}

LONG
connect_as(SCARDCONTEXT context, DWORD mode, SCARDHANDLE *handle)
{
	DWORD protocol;

	return SCardConnect(context, READER, mode, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, handle, &protocol);
}

SCARDHANDLE
connect_shared(void)
{
	SCARDHANDLE handle;

	CHECK_RV(SCARD_S_SUCCESS, connect_as(new_context(), SCARD_SHARE_SHARED, &handle));
	return handle;
}

LONG
reconnect(SCARDHANDLE handle, DWORD initialization)
{
	DWORD protocol;

	return SCardReconnect(handle, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T1, initialization, &protocol);
}

LONG
transmit(SCARDHANDLE handle, const struct command *command, BYTE *answer, DWORD *len)
{
	*len = ANSWER_MAX;
	return SCardTransmit(handle, SCARD_PCI_T1, command->bytes, command->len, NULL, answer, len);
}

LONG
transmit_rv(SCARDHANDLE handle, const struct command *command)
{
	BYTE answer[ANSWER_MAX];
	DWORD len;

	return transmit(handle, command, answer, &len);
}

int
status_word(SCARDHANDLE handle, const struct command *command)
{
	BYTE answer[ANSWER_MAX];
	DWORD len;

	CHECK_RV(SCARD_S_SUCCESS, transmit(handle, command, answer, &len));
	CHECK(len >= 2);
	return answer[len - 2] << 8 | answer[len - 1];
}

pid_t
spawn(void (*act)(void))
{
	pid_t pid = fork();

	if (pid == 0) {
		act();
		_exit(EXIT_SUCCESS);
	}
	return pid;
}

bool
ends_well(pid_t pid)
{
	int status;

	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

void
run_actor(void **state)
{
	static struct virtual_card card;
	const struct actor *actor = *state;

	open_new_card(&card, NULL);
	vc_card_power_off(&card);
	vc_card_close(&card);
	assert_int_equal(setenv("VIRTUAL_CARD_DIR", persona_dir, 1), 0);
	assert_true(ends_well(spawn(actor->act)));
}

int
run_actors(const struct actor *actors, size_t count, void (*more)(void **))
{
	struct CMUnitTest tests[ACTORS_MAX] = {0};
	size_t i;

	if (count >= ACTORS_MAX)
		return EXIT_FAILURE;
	for (i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){.name = actors[i].name, .test_func = run_actor, .initial_state = (void *)(uintptr_t)&actors[i]};
	if (more != NULL)
		tests[count++] = (struct CMUnitTest){.name = "faults", .test_func = more};
	return _cmocka_run_group_tests("virtual reader", tests, count, group_setup, group_teardown);
}

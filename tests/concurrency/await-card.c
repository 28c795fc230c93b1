/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits, through PC/SC's own events, until the first reader has a card or has none.\n    await-card present|empty */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winscard.h>

static void
expect_success(const char *what, LONG rv)
{
	if (rv == SCARD_S_SUCCESS)
		return;
	fprintf(stderr, "await-card: %s: %s\n", what, pcsc_stringify_error(rv));
	exit(1);
}

int
main(int argc, char **argv)
{
	DWORD wanted = argc > 1 && strcmp(argv[1], "empty") == 0 ? SCARD_STATE_EMPTY : SCARD_STATE_PRESENT;
	SCARD_READERSTATE state = {.dwCurrentState = SCARD_STATE_UNAWARE};
	SCARDCONTEXT context;
	char readers[1024];
	DWORD len = sizeof(readers);

	expect_success("SCardEstablishContext", SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context));
	expect_success("SCardListReaders", SCardListReaders(context, NULL, readers, &len));
	state.szReader = readers; /* readers is a list of strings; as a C string it is the name of the first reader */
	while (!(state.dwEventState & wanted) || (state.dwEventState & SCARD_STATE_MUTE)) {
		state.dwCurrentState = state.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
		expect_success("SCardGetStatusChange", SCardGetStatusChange(context, INFINITE, &state, 1));
	}
	SCardReleaseContext(context);
	return 0;
}

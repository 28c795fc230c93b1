/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * In-process PC/SC with one reader that contains the virtual card: contexts, readers, and waiting for changes. Return values
 * are those of pcsc-lite 1.9.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"
#include "pcsc-reader.h"

#define PNP_READER    "\\\\?PnP?\\Notification"
#define COUNT_SHIFT   16
#define MS_PER_SECOND 1000

LONG
SCardEstablishContext(DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
	(void)reserved1;
	(void)reserved2;
	if (context == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (scope != SCARD_SCOPE_USER && scope != SCARD_SCOPE_TERMINAL && scope != SCARD_SCOPE_GLOBAL && scope != SCARD_SCOPE_SYSTEM)
		return SCARD_E_INVALID_VALUE;
	return vc_context_new(context);
}

LONG
SCardReleaseContext(SCARDCONTEXT context)
{
	SCARDHANDLE open;

	while (context != 0 && (open = vc_connection_of(context)) != 0)
		SCardDisconnect(open, SCARD_RESET_CARD);
	return vc_context_free(context);
}

LONG
SCardIsValidContext(SCARDCONTEXT context)
{
	return vc_context_wakeup(context) < 0 ? SCARD_E_INVALID_HANDLE : SCARD_S_SUCCESS;
}

LONG
SCardCancel(SCARDCONTEXT context)
{
	return vc_context_cancel(context);
}

LONG
SCardFreeMemory(SCARDCONTEXT context, LPCVOID memory)
{
	if (vc_context_wakeup(context) < 0)
		return SCARD_E_INVALID_HANDLE;
	free((void *)(uintptr_t)memory);
	return SCARD_S_SUCCESS;
}

LONG
SCardListReaders(SCARDCONTEXT context, LPCSTR groups, LPSTR readers, LPDWORD len)
{
	static const char names[] = VC_READER_NAME "\0"; /* a multi-string */

	(void)groups;
	if (len == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (vc_context_wakeup(context) < 0)
		return SCARD_E_INVALID_HANDLE;
	return vc_give(names, sizeof(names), readers, len);
}

LONG
SCardListReaderGroups(SCARDCONTEXT context, LPSTR groups, LPDWORD len)
{
	static const char names[] = "SCard$DefaultReaders\0";

	if (len == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (vc_context_wakeup(context) < 0)
		return SCARD_E_INVALID_HANDLE;
	return vc_give(names, sizeof(names), groups, len);
}

/* State bits that say who is connected. */
static DWORD
sharing(struct virtual_card *card)
{
	enum vc_lock_mode mode;
	int fd = vc_lock_open(card->dir);
	DWORD bits = 0;

	if (fd < 0)
		return 0;
	if (vc_lock_held_elsewhere(fd, VC_LOCK_SHARING, &mode))
		bits = mode == VC_LOCK_EXCLUSIVE ? SCARD_STATE_EXCLUSIVE : SCARD_STATE_INUSE;
	close(fd);
	return bits;
}

/* Fills in the state of this reader. Returns true if it differs from the state that the caller knows. */
static bool
look_at_reader(struct virtual_card *card, SCARD_READERSTATE *state)
{
	bool present = vc_card_present(card);
	DWORD known = state->dwCurrentState, count = (vc_card_events(card).removals * 2 + present) & 0x7FFF;
	bool changed = known == SCARD_STATE_UNAWARE || (known & SCARD_STATE_UNKNOWN) != 0;

	changed = changed || (known & (present ? SCARD_STATE_EMPTY : SCARD_STATE_PRESENT)) != 0;
	changed = changed || (known >> COUNT_SHIFT != 0 && known >> COUNT_SHIFT != count);
	state->dwEventState = (present ? SCARD_STATE_PRESENT | sharing(card) : SCARD_STATE_EMPTY) | count << COUNT_SHIFT;
	if (changed)
		state->dwEventState |= SCARD_STATE_CHANGED;
	state->cbAtr = present ? card->atr->len : 0;
	memcpy(state->rgbAtr, card->atr->bytes, state->cbAtr);
	return changed;
}

static bool
is_ours(const SCARD_READERSTATE *state)
{
	return strcmp(state->szReader, VC_READER_NAME) == 0;
}

/* Checks every reader that the caller names. Returns true if a state is new. Readers are never added or removed, so the PnP
 * reader never changes. */
static bool
look_at_all(struct virtual_card *card, SCARD_READERSTATE *states, DWORD count)
{
	bool changed = false;
	DWORD i;

	for (i = 0; i < count; i++) {
		states[i].dwEventState = 0;
		if ((states[i].dwCurrentState & SCARD_STATE_IGNORE) == 0 && is_ours(&states[i]) && look_at_reader(card, &states[i]))
			changed = true;
	}
	return changed;
}

static LONG
check_states(const SCARD_READERSTATE *states, DWORD count)
{
	DWORD i;

	if (states == NULL && count > 0)
		return SCARD_E_INVALID_PARAMETER;
	for (i = 0; i < count; i++) {
		if (states[i].szReader == NULL)
			return SCARD_E_INVALID_VALUE;
		if (!is_ours(&states[i]) && strcasecmp(states[i].szReader, PNP_READER) != 0)
			return SCARD_E_UNKNOWN_READER;
	}
	return SCARD_S_SUCCESS;
}

static bool
all_ignored(const SCARD_READERSTATE *states, DWORD count)
{
	DWORD i;

	for (i = 0; i < count; i++)
		if ((states[i].dwCurrentState & SCARD_STATE_IGNORE) == 0)
			return false;
	return true;
}

static long long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

/* Waits for a change in the card's folder, for SCardCancel, or until UNTIL (ms; -1: without limit). */
static LONG
wait_for_event(int folder, int wakeup, long long until)
{
	struct pollfd watched[] = {{.fd = wakeup, .events = POLLIN}, {.fd = folder, .events = POLLIN}};
	long long left = until < 0 ? -1 : until - now_ms();
	eventfd_t cancelled;
	char events[4096];

	if (until >= 0 && left <= 0)
		return SCARD_E_TIMEOUT;
	if (poll(watched, 2, left > 0x7FFFFFFF ? -1 : (int)left) < 0)
		return SCARD_S_SUCCESS; /* a signal interrupted the wait: check again */
	if (watched[0].revents != 0) {
		(void)eventfd_read(wakeup, &cancelled);
		return SCARD_E_CANCELLED;
	}
	if (watched[1].revents != 0 && read(folder, events, sizeof(events)) < 0)
		return SCARD_F_INTERNAL_ERROR;
	return SCARD_S_SUCCESS;
}

LONG
SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD count)
{
	struct virtual_card *card = vc_reader_card();
	int wakeup = vc_context_wakeup(context), folder;
	long long until = timeout == INFINITE || timeout == (DWORD)-1 ? -1 : now_ms() + (long long)timeout;
	LONG rv = check_states(states, count);

	if (rv != SCARD_S_SUCCESS)
		return rv;
	if (wakeup < 0)
		return SCARD_E_INVALID_HANDLE;
	if (all_ignored(states, count) || look_at_all(card, states, count))
		return SCARD_S_SUCCESS;
	if (timeout == 0) /* without waiting no watch is needed, and removing one would take the kernel some 20 ms */
		return SCARD_E_TIMEOUT;
	folder = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (folder < 0 || inotify_add_watch(folder, card->dir, IN_CREATE | IN_DELETE | IN_MOVE) < 0)
		rv = SCARD_F_INTERNAL_ERROR;
	while (rv == SCARD_S_SUCCESS && !look_at_all(card, states, count))
		rv = wait_for_event(folder, wakeup, until);
	if (folder >= 0)
		close(folder);
	return rv;
}

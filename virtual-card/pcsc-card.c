/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In-process PC/SC: connections to the card, transactions and exchanges. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "lock.h"
#include "log.h"
#include "pcsc-reader.h"

#define STATUS_LEN 2

static bool
is_disposition(DWORD disposition)
{
	return disposition == SCARD_LEAVE_CARD || disposition == SCARD_RESET_CARD || disposition == SCARD_UNPOWER_CARD || disposition == SCARD_EJECT_CARD;
}

static bool
is_share_mode(DWORD mode)
{
	return mode == SCARD_SHARE_SHARED || mode == SCARD_SHARE_EXCLUSIVE || mode == SCARD_SHARE_DIRECT;
}

/* The card supports T=1 only. A direct connection goes to the reader and has no protocol. */
static LONG
choose_protocol(DWORD mode, DWORD wanted, DWORD *protocol)
{
	if (wanted & SCARD_PROTOCOL_RAW)
		*protocol = SCARD_PROTOCOL_RAW;
	else if (mode == SCARD_SHARE_DIRECT)
		*protocol = SCARD_PROTOCOL_UNDEFINED;
	else if (wanted & SCARD_PROTOCOL_T1)
		*protocol = SCARD_PROTOCOL_T1;
	else
		return SCARD_E_PROTO_MISMATCH;
	return SCARD_S_SUCCESS;
}

/* Applies a disposition to the card. Other connections then learn that the card was reset. */
static void
dispose(struct virtual_card *card, DWORD disposition)
{
	if (disposition == SCARD_RESET_CARD)
		vc_card_warm_reset(card);
	else if (disposition == SCARD_UNPOWER_CARD)
		vc_card_power_off(card);
}

static enum vc_lock_mode
lock_mode(DWORD share_mode)
{
	return share_mode == SCARD_SHARE_EXCLUSIVE ? VC_LOCK_EXCLUSIVE : VC_LOCK_SHARED;
}

/* Waits until no other connection has a transaction; this connection's own transaction does not count. */
static void
enter(struct vc_connection *connection)
{
	if (connection->transactions == 0)
		vc_lock_take(connection->locks, VC_LOCK_TRANSACTION, VC_LOCK_EXCLUSIVE, true);
}

static void
leave(struct vc_connection *connection)
{
	if (connection->transactions == 0)
		vc_lock_drop(connection->locks, VC_LOCK_TRANSACTION);
}

/* Powers the card if the connection needs that, and marks all earlier resets and removals as seen. */
static LONG
attach(struct vc_connection *connection, DWORD mode, DWORD protocols)
{
	struct virtual_card *card = vc_reader_card();
	LONG rv = choose_protocol(mode, protocols, &connection->protocol);

	if (rv != SCARD_S_SUCCESS)
		return rv;
	if (!vc_card_present(card) && mode != SCARD_SHARE_DIRECT)
		return SCARD_E_NO_SMARTCARD;
	if (!vc_lock_take(connection->locks, VC_LOCK_SHARING, lock_mode(mode), false))
		return SCARD_E_SHARING_VIOLATION;
	connection->share_mode = mode;
	if (mode != SCARD_SHARE_DIRECT)
		vc_card_power_on(card);
	connection->seen = vc_card_events(card);
	return SCARD_S_SUCCESS;
}

LONG
SCardConnect(SCARDCONTEXT context, LPCSTR name, DWORD mode, DWORD protocols, LPSCARDHANDLE handle, LPDWORD protocol)
{
	struct vc_connection *connection;
	LONG rv;

	if (handle == NULL || protocol == NULL)
		return SCARD_E_INVALID_PARAMETER;
	*handle = 0;
	if (vc_context_wakeup(context) < 0)
		return SCARD_E_INVALID_HANDLE;
	if (name == NULL || strcmp(name, VC_READER_NAME) != 0)
		return SCARD_E_UNKNOWN_READER;
	if (!is_share_mode(mode))
		return SCARD_E_INVALID_VALUE;
	connection = vc_connection_new(context);
	if (connection == NULL)
		return SCARD_E_NO_MEMORY;
	enter(connection);
	rv = attach(connection, mode, protocols);
	leave(connection);
	if (rv != SCARD_S_SUCCESS) {
		vc_connection_free(connection);
		return rv;
	}
	*handle = connection->id;
	*protocol = connection->protocol;
	return SCARD_S_SUCCESS;
}

LONG
SCardReconnect(SCARDHANDLE handle, DWORD mode, DWORD protocols, DWORD initialization, LPDWORD protocol)
{
	struct vc_connection *connection = vc_connection_get(handle);
	LONG rv;

	if (protocol == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	if (!is_share_mode(mode) || !is_disposition(initialization) || initialization == SCARD_EJECT_CARD)
		return SCARD_E_INVALID_VALUE;
	enter(connection);
	dispose(vc_reader_card(), initialization);
	rv = attach(connection, mode, protocols);
	leave(connection);
	*protocol = connection->protocol;
	return rv;
}

LONG
SCardDisconnect(SCARDHANDLE handle, DWORD disposition)
{
	struct vc_connection *connection = vc_connection_get(handle);

	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	if (!is_disposition(disposition))
		return SCARD_E_INVALID_VALUE;
	if (disposition != SCARD_LEAVE_CARD) {
		enter(connection);
		dispose(vc_reader_card(), disposition);
	}
	vc_connection_free(connection);
	return SCARD_S_SUCCESS;
}

/* Acts as another program that selects an application by its AID, and verifies all its PINs if the fault says so. */
static void
intrude(struct virtual_card *card, const struct vc_fault *fault, bool verify)
{
	uint8_t select[5 + VC_AID_MAX] = {0x00, 0xA4, 0x04, 0x0C, (uint8_t)fault->argument_len}, *scratch = malloc(VC_ANSWER_MAX);

	memcpy(select + 5, fault->argument, fault->argument_len);
	if (scratch != NULL)
		(void)vc_card_transmit(card, select, 5 + fault->argument_len, scratch);
	free(scratch);
	if (verify)
		vc_card_open_pins(card);
}

static void
happen(struct virtual_card *card, const struct vc_fault *fault, enum vc_fault_event event)
{
	if (event != VC_FAULT_NOTHING)
		vc_fault_note();
	switch (event) {
	case VC_FAULT_NOTHING:
		break;
	case VC_FAULT_PULL:
		vc_card_pull(card);
		break;
	case VC_FAULT_RESET:
		vc_card_warm_reset(card);
		break;
	case VC_FAULT_UNPOWER:
		vc_card_power_off(card);
		break;
	case VC_FAULT_KILL:
		(void)raise(SIGKILL);
		break;
	case VC_FAULT_INTERRUPT:
		(void)raise(SIGINT);
		break;
	case VC_FAULT_SELECT:
	case VC_FAULT_OPEN:
		intrude(card, fault, event == VC_FAULT_OPEN);
		break;
	}
}

LONG
SCardBeginTransaction(SCARDHANDLE handle)
{
	struct vc_connection *connection = vc_connection_get(handle);
	const struct vc_fault *fault;
	LONG rv;

	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	enter(connection);
	fault = connection->transactions == 0 ? vc_fault_next(VC_CLOCK_TRANSACTION) : NULL;
	if (fault != NULL)
		happen(vc_reader_card(), fault, fault->kind->before);
	rv = vc_connection_check(connection);
	if (rv == SCARD_S_SUCCESS)
		connection->transactions++;
	else
		leave(connection);
	return rv;
}

LONG
SCardEndTransaction(SCARDHANDLE handle, DWORD disposition)
{
	struct vc_connection *connection = vc_connection_get(handle);
	LONG rv;

	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	if (!is_disposition(disposition))
		return SCARD_E_INVALID_VALUE;
	if (connection->transactions == 0)
		return SCARD_E_NOT_TRANSACTED;
	rv = vc_connection_check(connection);
	dispose(vc_reader_card(), disposition);
	if (disposition == SCARD_UNPOWER_CARD)
		vc_card_power_on(vc_reader_card());
	connection->transactions--;
	leave(connection);
	return rv;
}

LONG
SCardStatus(SCARDHANDLE handle, LPSTR name, LPDWORD name_len, LPDWORD state, LPDWORD protocol, LPBYTE atr, LPDWORD atr_len)
{
	static const char names[] = VC_READER_NAME "\0";
	struct vc_connection *connection = vc_connection_get(handle);
	struct virtual_card *card = vc_reader_card();
	LONG rv, atr_rv;

	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	rv = vc_connection_check(connection);
	if (rv != SCARD_S_SUCCESS)
		return rv;
	if (state != NULL)
		*state = SCARD_PRESENT | (vc_card_powered(card) ? SCARD_POWERED | SCARD_NEGOTIABLE : 0);
	if (protocol != NULL)
		*protocol = connection->protocol;
	rv = vc_give(names, sizeof(names), name, name_len);
	atr_rv = vc_give(card->atr->bytes, card->atr->len, atr, atr_len);
	return rv != SCARD_S_SUCCESS ? rv : atr_rv;
}

/* Keeps only the first KEPT bytes of the answer's data. Returns the answer's length. */
static size_t
cut(uint8_t *answer, size_t len, size_t data, size_t kept)
{
	memmove(answer + kept, answer + data, len - data);
	return kept + len - data;
}

static size_t
put_status(const struct vc_fault *fault, uint8_t *answer)
{
	memcpy(answer, fault->argument, STATUS_LEN);
	vc_fault_note();
	return STATUS_LEN;
}

/* Changes the answer as the fault says. Returns its length. */
static size_t
spoil(const struct vc_fault *fault, uint8_t *answer, size_t len)
{
	static const uint8_t done[STATUS_LEN] = {0x90, 0x00};
	size_t data = len >= STATUS_LEN ? len - STATUS_LEN : 0;

	switch (fault->kind->answer) {
	case VC_ANSWER_KEPT:
		return len;
	case VC_ANSWER_EMPTY:
		return 0;
	case VC_ANSWER_ONE_BYTE:
		return 1;
	case VC_ANSWER_TRUNCATED:
		return cut(answer, len, data, data / 2);
	case VC_ANSWER_SHORT:
		return cut(answer, len, data, data > 0 ? data - 1 : 0);
	case VC_ANSWER_OVERLONG:
		memmove(answer + data + VC_OVERLONG_EXTRA, answer + data, len - data);
		memset(answer + data, 0xEE, VC_OVERLONG_EXTRA);
		return len + VC_OVERLONG_EXTRA;
	case VC_ANSWER_DONE:
		if (data + STATUS_LEN != len || memcmp(answer + data, done, STATUS_LEN) != 0)
			return len;
		return put_status(fault, answer);
	case VC_ANSWER_STATUS:
		return put_status(fault, answer);
	}
	return len;
}

LONG
vc_reader_exchange(const uint8_t *command, size_t len, uint8_t *answer, size_t *answer_len)
{
	const struct vc_fault *fault = vc_fault_next(VC_CLOCK_TRANSMIT);
	struct virtual_card *card = vc_reader_card();
	size_t whole;

	if (fault == NULL) {
		*answer_len = vc_card_transmit(card, command, len, answer);
		return *answer_len == 0 ? SCARD_E_NOT_TRANSACTED : SCARD_S_SUCCESS;
	}
	happen(card, fault, fault->kind->before);
	if (fault->kind->lost)
		vc_log_bytes(card->log, '!', command, len);
	whole = fault->kind->lost ? 0 : vc_card_transmit(card, command, len, answer);
	happen(card, fault, fault->kind->after);
	*answer_len = fault->kind->rv == SCARD_S_SUCCESS ? spoil(fault, answer, whole) : 0;
	if (fault->kind->lost || *answer_len != whole)
		vc_fault_note();
	return fault->kind->rv;
}

/* FULL has room for any answer, but the caller's buffer may be smaller. */
static LONG
transmit(struct vc_connection *connection, const SCARD_IO_REQUEST *send_pci, LPCBYTE command, DWORD len, uint8_t *full, LPBYTE answer, LPDWORD answer_len)
{
	size_t full_len = 0;
	LONG rv;

	enter(connection);
	rv = vc_connection_check(connection);
	if (rv == SCARD_S_SUCCESS && (connection->protocol == SCARD_PROTOCOL_UNDEFINED || send_pci->dwProtocol != connection->protocol))
		rv = SCARD_E_PROTO_MISMATCH;
	if (rv == SCARD_S_SUCCESS)
		rv = vc_reader_exchange(command, len, full, &full_len);
	leave(connection);
	if (rv == SCARD_S_SUCCESS && full_len > *answer_len)
		rv = SCARD_E_INSUFFICIENT_BUFFER;
	*answer_len = (DWORD)full_len;
	if (rv == SCARD_S_SUCCESS)
		memcpy(answer, full, full_len);
	return rv;
}

/* The buffer is not on the stack, because a caller's thread may have a stack of only 64 KiB, which is less than an answer. */
LONG
SCardTransmit(SCARDHANDLE handle, const SCARD_IO_REQUEST *send_pci, LPCBYTE command, DWORD len, SCARD_IO_REQUEST *recv_pci, LPBYTE answer, LPDWORD answer_len)
{
	struct vc_connection *connection = vc_connection_get(handle);
	uint8_t *full;
	LONG rv;

	if (send_pci == NULL || command == NULL || answer == NULL || answer_len == NULL)
		return SCARD_E_INVALID_PARAMETER;
	if (connection == NULL)
		return SCARD_E_INVALID_HANDLE;
	full = malloc(VC_READER_ANSWER_MAX);
	if (full == NULL)
		return SCARD_E_NO_MEMORY;
	rv = transmit(connection, send_pci, command, len, full, answer, answer_len);
	free(full);
	if (rv == SCARD_S_SUCCESS && recv_pci != NULL)
		recv_pci->dwProtocol = connection->protocol;
	return rv;
}

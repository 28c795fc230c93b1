/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answers.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include <reader.h>
#include <winscard.h>

#include "fuzz.h"

#define READER_NAME "Fuzzed reader"
#define SOME_HANDLE 1
#define ATR_LEN_MAX 33
#define INS_OFFSET  1
#define INS_VERIFY  0x20
#define VERIFY_LC   5 /* a command longer than this contains a PIN */
#define KEYPAD	    SCARD_CTL_CODE(3000)

/* The ATR of a contact card, in use since 2019 at the latest (pcsc-tools' list). An input can set another ATR. */
static const uint8_t usual_atr[] = {0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80, 0x12, 0x39, 0x2F, 0x31, 0xC1, 0x73, 0xC6, 0x01, 0xC0, 0x3B};

/* The answer after the end of the input: "file not found". */
static const uint8_t not_found[] = {0x6A, 0x82};

static struct {
	const uint8_t *data;
	size_t size;
	struct chunk atr;
	LONG event; /* the error that every call returns until the program reconnects, or SCARD_S_SUCCESS */
	struct answers_count count;
} card;

void
answers_feed(const uint8_t *data, size_t size)
{
	struct chunk first;

	memset(&card, 0, sizeof(card));
	card.data = data;
	card.size = size;
	if (!chunk_next(&data, &size, &first) || first.type % ANSWER_KINDS != ANSWER_ATR)
		return;
	card.atr = first;
	card.data = data;
	card.size = size;
}

struct answers_count
answers_told(void)
{
	return card.count;
}

static LONG
give(const void *value, size_t len, void *buffer, DWORD *room)
{
	DWORD had = room == NULL ? 0 : *room;

	if (room == NULL)
		return SCARD_S_SUCCESS;
	*room = (DWORD)len;
	if (buffer == NULL)
		return SCARD_S_SUCCESS;
	if (had < len)
		return SCARD_E_INSUFFICIENT_BUFFER;
	memcpy(buffer, value, len);
	return SCARD_S_SUCCESS;
}

static LONG
give_atr(BYTE *buffer, DWORD *room)
{
	size_t len = card.atr.len < ATR_LEN_MAX ? card.atr.len : ATR_LEN_MAX;

	return card.atr.data == NULL ? give(usual_atr, sizeof(usual_atr), buffer, room) : give(card.atr.data, len, buffer, room);
}

LONG
SCardEstablishContext(DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
	(void)scope;
	(void)reserved1;
	(void)reserved2;
	*context = SOME_HANDLE;
	return SCARD_S_SUCCESS;
}

LONG
SCardReleaseContext(SCARDCONTEXT context)
{
	(void)context;
	return SCARD_S_SUCCESS;
}

LONG
SCardCancel(SCARDCONTEXT context)
{
	(void)context;
	return SCARD_S_SUCCESS;
}

LONG
SCardListReaders(SCARDCONTEXT context, LPCSTR groups, LPSTR readers, LPDWORD room)
{
	static const char names[] = READER_NAME "\0";

	(void)context;
	(void)groups;
	return give(names, sizeof(names), readers, room);
}

LONG
SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD count)
{
	DWORD i, state = card.event == SCARD_W_REMOVED_CARD ? SCARD_STATE_EMPTY : SCARD_STATE_PRESENT;
	bool changed = false;

	(void)context;
	(void)timeout;
	for (i = 0; i < count; i++) {
		states[i].dwEventState = strcmp(states[i].szReader, READER_NAME) == 0 ? state : SCARD_STATE_UNKNOWN;
		states[i].cbAtr = sizeof(states[i].rgbAtr);
		(void)give_atr(states[i].rgbAtr, &states[i].cbAtr);
		changed = changed || (states[i].dwCurrentState & state) == 0;
	}
	return changed ? SCARD_S_SUCCESS : SCARD_E_TIMEOUT;
}

static LONG
connect_again(DWORD *protocol)
{
	*protocol = SCARD_PROTOCOL_T1;
	if (card.event == SCARD_W_RESET_CARD)
		card.event = SCARD_S_SUCCESS;
	return card.event == SCARD_S_SUCCESS ? SCARD_S_SUCCESS : SCARD_E_NO_SMARTCARD;
}

LONG
SCardConnect(SCARDCONTEXT context, LPCSTR name, DWORD mode, DWORD protocols, LPSCARDHANDLE handle, LPDWORD protocol)
{
	(void)context;
	(void)name;
	(void)mode;
	(void)protocols;
	*handle = SOME_HANDLE;
	return connect_again(protocol);
}

LONG
SCardReconnect(SCARDHANDLE handle, DWORD mode, DWORD protocols, DWORD initialization, LPDWORD protocol)
{
	(void)handle;
	(void)mode;
	(void)protocols;
	(void)initialization;
	return connect_again(protocol);
}

LONG
SCardDisconnect(SCARDHANDLE handle, DWORD disposition)
{
	(void)handle;
	(void)disposition;
	return SCARD_S_SUCCESS;
}

LONG
SCardBeginTransaction(SCARDHANDLE handle)
{
	(void)handle;
	return card.event;
}

LONG
SCardEndTransaction(SCARDHANDLE handle, DWORD disposition)
{
	(void)handle;
	(void)disposition;
	return SCARD_S_SUCCESS;
}

LONG
SCardStatus(SCARDHANDLE handle, LPSTR name, LPDWORD name_len, LPDWORD state, LPDWORD protocol, LPBYTE atr, LPDWORD atr_len)
{
	(void)handle;
	if (state != NULL)
		*state = SCARD_PRESENT | SCARD_POWERED | SCARD_NEGOTIABLE;
	if (protocol != NULL)
		*protocol = SCARD_PROTOCOL_T1;
	(void)give(READER_NAME, sizeof(READER_NAME), name, name_len);
	return give_atr(atr, atr_len);
}

static void
count_command(const BYTE *command, DWORD len)
{
	card.count.exchanges++;
	if (len > VERIFY_LC && command[INS_OFFSET] == INS_VERIFY)
		card.count.verifies++;
}

/* Returns the next answer of the input. */
static LONG
take_answer(BYTE *answer, DWORD *room)
{
	static const LONG events[ANSWER_KINDS] = {[ANSWER_RESET] = SCARD_W_RESET_CARD, [ANSWER_REMOVED] = SCARD_W_REMOVED_CARD, [ANSWER_LOST] = SCARD_E_NOT_TRANSACTED};
	struct chunk chunk;
	LONG rv;

	if (card.event != SCARD_S_SUCCESS)
		return card.event;
	if (!chunk_next(&card.data, &card.size, &chunk))
		return give(not_found, sizeof(not_found), answer, room);
	rv = events[chunk.type % ANSWER_KINDS];
	if (rv == SCARD_W_RESET_CARD || rv == SCARD_W_REMOVED_CARD)
		card.event = rv;
	return rv != SCARD_S_SUCCESS ? rv : give(chunk.data, chunk.len, answer, room);
}

LONG
SCardTransmit(SCARDHANDLE handle, const SCARD_IO_REQUEST *send, LPCBYTE command, DWORD len, SCARD_IO_REQUEST *received, LPBYTE answer, LPDWORD room)
{
	(void)handle;
	(void)send;
	(void)received;
	count_command(command, len);
	return take_answer(answer, room);
}

/* OpenSC asks for the reader's features only if this function exists. The types are those of PC/SC. */
LONG
SCardGetAttrib(SCARDHANDLE handle, DWORD id, LPBYTE value, LPDWORD room) /* NOLINT(readability-non-const-parameter) */
{
	(void)handle;
	(void)id;
	(void)value;
	(void)room;
	return SCARD_E_UNSUPPORTED_FEATURE;
}

/* The reader has a keypad. Each use counts as a PIN that was typed, and the card returns its next answer. */
LONG
SCardControl(SCARDHANDLE handle, DWORD code, LPCVOID in, DWORD in_len, LPVOID out, DWORD out_len, LPDWORD returned)
{
	const PCSC_TLV_STRUCTURE keypad = {FEATURE_VERIFY_PIN_DIRECT, sizeof(keypad.value), htonl(KEYPAD)};

	(void)handle;
	(void)in;
	(void)in_len;
	*returned = out_len;
	if (code == CM_IOCTL_GET_FEATURE_REQUEST)
		return give(&keypad, sizeof(keypad), out, returned);
	if (code != KEYPAD)
		return SCARD_E_UNSUPPORTED_FEATURE;
	card.count.exchanges++;
	card.count.verifies++;
	return take_answer(out, returned);
}

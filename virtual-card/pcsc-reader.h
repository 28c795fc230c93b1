/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only reader of the in-process PC/SC library, with its contexts and connections. Only pcsc-*.c may include this. */
#ifndef VIRTUAL_CARD_PCSC_READER_H
#define VIRTUAL_CARD_PCSC_READER_H

#include <stdbool.h>

#include <winscard.h>
#include <reader.h>

#include "card.h"

#define VC_READER_NAME "Virtual My Number Card Reader 00 00"

/* Length of the longest answer, including the bytes that the fault "overlong" adds. */
#define VC_OVERLONG_EXTRA    16
#define VC_READER_ANSWER_MAX (VC_ANSWER_MAX + VC_OVERLONG_EXTRA)

/* A connection (SCARDHANDLE); the entry is free if id is 0. */
struct vc_connection {
	SCARDHANDLE id;
	SCARDCONTEXT context;
	int locks;	       /* the descriptor that owns this connection's locks */
	unsigned transactions; /* depth of nested SCardBeginTransaction */
	DWORD share_mode;
	DWORD protocol;
	struct vc_card_events seen; /* at connect or reconnect */
};

/* An answer of SCardControl. OUT_LEN contains the room, and gets the answer's length. */
typedef LONG vc_control_fn(struct vc_connection *connection, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len);

/* The card, which is open while there is a context. */
struct virtual_card *vc_reader_card(void);

/* Functions that create, end and cancel a context; cancelling wakes SCardGetStatusChange. The first context opens the card
 * that the environment names. */
LONG vc_context_new(SCARDCONTEXT *id);
LONG vc_context_free(SCARDCONTEXT id);
LONG vc_context_cancel(SCARDCONTEXT id);
/* The descriptor that becomes readable when the context is cancelled; -1: there is no such context. */
int vc_context_wakeup(SCARDCONTEXT id);

/* The first function returns a free connection and gives it an id; the second finds a connection by its id. Both may return
 * NULL. */
struct vc_connection *vc_connection_new(SCARDCONTEXT context);
struct vc_connection *vc_connection_get(SCARDHANDLE id);
void vc_connection_free(struct vc_connection *connection);

/* The id of a connection that the context still has, or 0. */
SCARDHANDLE vc_connection_of(SCARDCONTEXT context);

/* Returns LEN bytes in the ways that PC/SC allows: size only, SCARD_AUTOALLOCATE, or a copy to the caller's buffer. */
LONG vc_give(const void *value, size_t len, void *buffer, LPDWORD buffer_len);

/* Returns SCARD_S_SUCCESS if the connection may continue, else SCARD_W_REMOVED_CARD or SCARD_W_RESET_CARD. */
LONG vc_connection_check(struct vc_connection *connection);

/* Does one exchange, with the fault that is due, if any. ANSWER has room for VC_READER_ANSWER_MAX bytes. */
LONG vc_reader_exchange(const uint8_t *command, size_t len, uint8_t *answer, size_t *answer_len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one reader of the in-process PC/SC library, its contexts and connections. Only for pcsc-*.c. */
#ifndef VIRTUAL_CARD_PCSC_READER_H
#define VIRTUAL_CARD_PCSC_READER_H

#include <stdbool.h>

#include <winscard.h>
#include <reader.h>

#include "card.h"

#define VC_READER_NAME "Virtual My Number Card Reader 00 00"

/* Longest answer of an exchange, with the bytes that the fault "overlong" adds. */
#define VC_OVERLONG_EXTRA    16
#define VC_READER_ANSWER_MAX (VC_ANSWER_MAX + VC_OVERLONG_EXTRA)

/* A connection (SCARDHANDLE); free if id is 0. */
struct vc_connection {
	SCARDHANDLE id;
	SCARDCONTEXT context;
	int locks;	       /* descriptor that owns this connection's locks */
	unsigned transactions; /* nested SCardBeginTransaction */
	DWORD share_mode;
	DWORD protocol;
	struct vc_card_events seen; /* at connect or reconnect */
};

/* An answer of SCardControl; its length goes to OUT_LEN, which holds the room before. */
typedef LONG vc_control_fn(struct vc_connection *connection, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len);

/* The card; open while there is a context. */
struct virtual_card *vc_reader_card(void);

/* New context and its end; cancelling it wakes SCardGetStatusChange. The first opens the card that the environment names. */
LONG vc_context_new(SCARDCONTEXT *id);
LONG vc_context_free(SCARDCONTEXT id);
LONG vc_context_cancel(SCARDCONTEXT id);
/* The descriptor that becomes readable when the context is cancelled, or -1: no such context. */
int vc_context_wakeup(SCARDCONTEXT id);

/* A free connection with an id, or NULL; and one by its id, or NULL. */
struct vc_connection *vc_connection_new(SCARDCONTEXT context);
struct vc_connection *vc_connection_get(SCARDHANDLE id);
void vc_connection_free(struct vc_connection *connection);

/* A connection that the context still has, or 0. */
SCARDHANDLE vc_connection_of(SCARDCONTEXT context);

/* Gives LEN bytes to a caller's buffer in the way of PC/SC: size only, SCARD_AUTOALLOCATE, or copied. */
LONG vc_give(const void *value, size_t len, void *buffer, LPDWORD buffer_len);

/* Whether the connection may go on: SCARD_W_REMOVED_CARD, SCARD_W_RESET_CARD or SCARD_S_SUCCESS. */
LONG vc_connection_check(struct vc_connection *connection);

/* One exchange, with its fault if it has one. ANSWER has room for VC_READER_ANSWER_MAX bytes. */
LONG vc_reader_exchange(const uint8_t *command, size_t len, uint8_t *answer, size_t *answer_len);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pcsc-reader.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "fault.h"
#include "folder.h"
#include "lock.h"

#define CONTEXTS_MAX	32
#define CONNECTIONS_MAX 64

struct context {
	SCARDCONTEXT id;
	int wakeup; /* eventfd */
};

/* All state of the library. MUTEX protects all of it except the card, which has its own lock. */
static struct {
	pthread_mutex_t mutex;
	struct virtual_card card; /* the card is open while there is a context, because programs unload the library after releasing their last context */
	size_t context_count;
	long last_id; /* contexts and connections share one sequence of numbers, so that they cannot be confused */
	struct context contexts[CONTEXTS_MAX];
	struct vc_connection connections[CONNECTIONS_MAX];
} reader = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static bool
open_card(void)
{
	const char *names = getenv("VIRTUAL_CARD_VARIANT");
	struct vc_variant variant = {0};
	char dir[4096];

	if (!vc_folder_default(dir, sizeof(dir)) || (names != NULL && vc_variant_parse(&variant, names) != 0) || !vc_fault_parse(getenv("VIRTUAL_CARD_FAULT")))
		return false;
	return vc_card_open(&reader.card, dir, &variant, getenv("VIRTUAL_CARD_LOG")) == 0;
}

struct virtual_card *
vc_reader_card(void)
{
	return &reader.card;
}

/* The caller holds the mutex. */
static struct context *
find_context(SCARDCONTEXT id)
{
	size_t i;

	for (i = 0; i < CONTEXTS_MAX; i++)
		if (reader.contexts[i].id == id)
			return &reader.contexts[i];
	return NULL;
}

/* Locks the mutex, even if there is no such context. */
static struct context *
lock_and_find(SCARDCONTEXT id)
{
	pthread_mutex_lock(&reader.mutex);
	return id == 0 ? NULL : find_context(id);
}

LONG
vc_context_new(SCARDCONTEXT *id)
{
	struct context *context;
	LONG rv = SCARD_E_NO_MEMORY;

	pthread_mutex_lock(&reader.mutex);
	if (reader.context_count == 0 && !open_card()) {
		pthread_mutex_unlock(&reader.mutex);
		return SCARD_E_NO_SERVICE;
	}
	context = find_context(0);
	if (context != NULL && (context->wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) >= 0) {
		*id = context->id = ++reader.last_id;
		reader.context_count++;
		rv = SCARD_S_SUCCESS;
	} else if (reader.context_count == 0)
		vc_card_close(&reader.card);
	pthread_mutex_unlock(&reader.mutex);
	return rv;
}

LONG
vc_context_free(SCARDCONTEXT id)
{
	struct context *context = lock_and_find(id);
	LONG rv = SCARD_E_INVALID_HANDLE;

	if (context != NULL) {
		close(context->wakeup);
		context->id = 0;
		if (--reader.context_count == 0)
			vc_card_close(&reader.card);
		rv = SCARD_S_SUCCESS;
	}
	pthread_mutex_unlock(&reader.mutex);
	return rv;
}

LONG
vc_context_cancel(SCARDCONTEXT id)
{
	struct context *context = lock_and_find(id);
	LONG rv = SCARD_E_INVALID_HANDLE;

	if (context != NULL)
		rv = eventfd_write(context->wakeup, 1) == 0 ? SCARD_S_SUCCESS : SCARD_F_INTERNAL_ERROR;
	pthread_mutex_unlock(&reader.mutex);
	return rv;
}

int
vc_context_wakeup(SCARDCONTEXT id)
{
	struct context *context = lock_and_find(id);
	int wakeup = context == NULL ? -1 : context->wakeup;
	pthread_mutex_unlock(&reader.mutex);
	return wakeup;
}

/* The caller holds the mutex. */
static struct vc_connection *
find_connection(SCARDHANDLE id)
{
	size_t i;

	for (i = 0; i < CONNECTIONS_MAX; i++)
		if (reader.connections[i].id == id)
			return &reader.connections[i];
	return NULL;
}

struct vc_connection *
vc_connection_get(SCARDHANDLE id)
{
	struct vc_connection *connection;

	pthread_mutex_lock(&reader.mutex);
	connection = id == 0 ? NULL : find_connection(id);
	pthread_mutex_unlock(&reader.mutex);
	return connection;
}

struct vc_connection *
vc_connection_new(SCARDCONTEXT context)
{
	struct vc_connection *connection;

	pthread_mutex_lock(&reader.mutex);
	connection = find_connection(0);
	if (connection != NULL) {
		memset(connection, 0, sizeof(*connection));
		connection->locks = vc_lock_open(reader.card.dir);
		if (connection->locks < 0)
			connection = NULL;
		else {
			connection->context = context;
			connection->id = ++reader.last_id;
		}
	}
	pthread_mutex_unlock(&reader.mutex);
	return connection;
}

void
vc_connection_free(struct vc_connection *connection)
{
	pthread_mutex_lock(&reader.mutex);
	close(connection->locks); /* closing the descriptor releases all its locks */
	connection->id = 0;
	pthread_mutex_unlock(&reader.mutex);
}

SCARDHANDLE
vc_connection_of(SCARDCONTEXT context)
{
	SCARDHANDLE id = 0;
	size_t i;

	pthread_mutex_lock(&reader.mutex);
	for (i = 0; i < CONNECTIONS_MAX && id == 0; i++)
		if (reader.connections[i].id != 0 && reader.connections[i].context == context)
			id = reader.connections[i].id;
	pthread_mutex_unlock(&reader.mutex);
	return id;
}

LONG
vc_connection_check(struct vc_connection *connection)
{
	bool present = vc_card_present(&reader.card);
	struct vc_card_events now = vc_card_events(&reader.card);

	if (!present || now.removals != connection->seen.removals)
		return SCARD_W_REMOVED_CARD;
	return now.resets != connection->seen.resets ? SCARD_W_RESET_CARD : SCARD_S_SUCCESS;
}

LONG
vc_give(const void *value, size_t len, void *buffer, LPDWORD buffer_len)
{
	DWORD room;
	void *copy;

	if (buffer_len == NULL)
		return buffer == NULL ? SCARD_S_SUCCESS : SCARD_E_INVALID_PARAMETER;
	room = *buffer_len;
	*buffer_len = (DWORD)len;
	if (buffer == NULL)
		return SCARD_S_SUCCESS;
	if (room == SCARD_AUTOALLOCATE) {
		copy = malloc(len > 0 ? len : 1);
		if (copy == NULL)
			return SCARD_E_NO_MEMORY;
		*(void **)buffer = copy;
		buffer = copy;
	} else if (room < len)
		return SCARD_E_INSUFFICIENT_BUFFER;
	memcpy(buffer, value, len);
	return SCARD_S_SUCCESS;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Locks between all users of one virtual card, whether handles, threads or processes. Each lock is one byte of the file
 * card.lock; the kernel releases the locks of a process that is killed.
 */
#ifndef VIRTUAL_CARD_LOCK_H
#define VIRTUAL_CARD_LOCK_H

#include <stdbool.h>

enum vc_lock {
	VC_LOCK_GUARD,	     /* held for one exchange, so that nobody sees a half-changed state */
	VC_LOCK_TRANSACTION, /* held from SCardBeginTransaction to SCardEndTransaction */
	VC_LOCK_SHARING,     /* held while connected: shared, or exclusive for SCARD_SHARE_EXCLUSIVE */
};

enum vc_lock_mode {
	VC_LOCK_SHARED,
	VC_LOCK_EXCLUSIVE
};

/* Opens DIR/card.lock. Each descriptor is a separate owner of locks. Returns the descriptor, or -1 with a message on stderr. */
int vc_lock_open(const char *dir);

/* Takes or converts a lock, and waits for it if WAIT is true. Returns true if the lock is held. */
bool vc_lock_take(int fd, enum vc_lock lock, enum vc_lock_mode mode, bool wait);

/* Releases the lock. */
void vc_lock_drop(int fd, enum vc_lock lock);

/* True if an owner other than FD holds the lock; MODE then gets the kind of lock. */
bool vc_lock_held_elsewhere(int fd, enum vc_lock lock, enum vc_lock_mode *mode);

#endif

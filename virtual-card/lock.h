/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Locks between all who use one virtual card: handles, threads and processes alike.
 * Each lock is one byte of the file card.lock; the kernel drops what a killed process held.
 */
#ifndef VIRTUAL_CARD_LOCK_H
#define VIRTUAL_CARD_LOCK_H

#include <stdbool.h>

enum vc_lock {
	VC_LOCK_GUARD,	     /* held for one exchange, so that nobody sees a half-changed state */
	VC_LOCK_TRANSACTION, /* SCardBeginTransaction to SCardEndTransaction */
	VC_LOCK_SHARING,     /* while connected: shared, or exclusive for SCARD_SHARE_EXCLUSIVE */
};

enum vc_lock_mode {
	VC_LOCK_SHARED,
	VC_LOCK_EXCLUSIVE
};

/* Opens DIR/card.lock; each descriptor is one owner of locks. The descriptor, or -1 with a message on stderr. */
int vc_lock_open(const char *dir);

/* Takes (or converts) a lock; waits for it where WAIT is true. True if it is held now. */
bool vc_lock_take(int fd, enum vc_lock lock, enum vc_lock_mode mode, bool wait);

/* Gives the lock back. */
void vc_lock_drop(int fd, enum vc_lock lock);

/* True if somebody other than FD holds the lock; MODE then says how. */
bool vc_lock_held_elsewhere(int fd, enum vc_lock lock, enum vc_lock_mode *mode);

#endif

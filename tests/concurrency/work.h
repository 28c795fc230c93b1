/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kinds of work that a worker can repeat. Each is one row of work_kinds[]. */
#ifndef CONCURRENCY_WORK_H
#define CONCURRENCY_WORK_H

#include "holder.h"

struct work {
	const struct holder *holder;
	unsigned done;	 /* operations that were completed */
	unsigned lost;	 /* how often another program ended this program's verification */
	unsigned logins; /* VERIFYs that this program requested */
};

/* These functions end the program if a result is wrong, unless the reason is a lost login. */
struct work_kind {
	const char *name;
	void (*start)(struct work *work);
	void (*once)(struct work *work); /* does one operation */
	void (*end)(struct work *work);
};

/* These sign through PKCS#11, and log in again now and then. */
extern const struct work_kind work_sign_auth, work_sign_sign;
/* These use libopensc, each with a connection of its own: dump lists the objects and reads the unprotected ones, pins
 * queries the tries of PINs, name reads the name. */
extern const struct work_kind work_dump, work_pins, work_name;
/* This acts as another program: it selects another application, verifies a PIN there, and leaves the card in that state. */
extern const struct work_kind work_switch;

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a worker does again and again: one row of work_kinds[] each. */
#ifndef CONCURRENCY_WORK_H
#define CONCURRENCY_WORK_H

#include "holder.h"

struct work {
	const struct holder *holder;
	unsigned done;	 /* operations that came to their end */
	unsigned lost;	 /* times that another program had ended what this one had verified */
	unsigned logins; /* VERIFYs that this program asked for */
};

/* Functions end the program at any result that is neither the true one nor a lost login. */
struct work_kind {
	const char *name;
	void (*start)(struct work *work);
	void (*once)(struct work *work); /* one operation */
	void (*end)(struct work *work);
};

/* By PKCS#11: signs, with a new login now and then. */
extern const struct work_kind work_sign_auth, work_sign_sign;
/* By libopensc, each with a connection of its own: lists and reads what is free; asks for the tries of PINs; reads the name. */
extern const struct work_kind work_dump, work_pins, work_name;
/* Another program: selects another application, opens a PIN there, and leaves the card so. */
extern const struct work_kind work_switch;

#endif

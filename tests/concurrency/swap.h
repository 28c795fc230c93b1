/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The library through which one long-running program uses the card while cards are inserted and removed. */
#ifndef CONCURRENCY_SWAP_H
#define CONCURRENCY_SWAP_H

#include "holder.h"

/* The result of a step: the library's error code (0: none), and what was read. */
struct look {
	unsigned long error;
	struct value read;
};

/* The same steps by two libraries. All except find() use the card that find() has connected to. */
struct swap_library {
	const char *name;
	void (*start)(void);
	struct look (*list)(void);		    /* lists the readers */
	struct look (*find)(char serial[WORD_MAX]); /* connects to the card that is present now, and returns its serial number */
	struct look (*certificate)(const struct holder *holder);
	struct look (*number)(const struct holder *holder);
	struct look (*login)(const struct holder *holder);
	struct look (*name_of_holder)(const struct holder *holder); /* logs in by itself */
	struct look (*sign)(const struct holder *holder);	    /* signs DOCUMENT with the authentication key */
	void (*end)(void);
};

#define DOCUMENT "a document"

extern const struct swap_library swap_pkcs11, swap_opensc;

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One long-living program while cards come and go: by what library it looks at the card. */
#ifndef CONCURRENCY_SWAP_H
#define CONCURRENCY_SWAP_H

#include "holder.h"

/* What a step came to: the library's error code, 0 for none, and what was read. */
struct look {
	unsigned long error;
	struct value read;
};

/* Steps of the same meaning by two libraries. All but find() use what find() has connected to. */
struct swap_library {
	const char *name;
	void (*start)(void);
	struct look (*list)(void);		    /* looks which readers there are */
	struct look (*find)(char serial[WORD_MAX]); /* the card that is there now, and what serial number it claims */
	struct look (*certificate)(const struct holder *holder);
	struct look (*number)(const struct holder *holder);
	struct look (*login)(const struct holder *holder);
	struct look (*name_of_holder)(const struct holder *holder); /* with a login of its own */
	struct look (*sign)(const struct holder *holder);	    /* DOCUMENT with the authentication key */
	void (*end)(void);
};

#define DOCUMENT "a document"

extern const struct swap_library swap_pkcs11, swap_opensc;

#endif

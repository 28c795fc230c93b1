/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads data objects of the card, through OpenSC's PKCS#15 interface. */
#ifndef TOOLS_OBJECTS_H
#define TOOLS_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "card-driver/base/secret.h"
#include "tools/common/card-name.h"

struct sc_pkcs15_card;

/* An object by its label in opensc-mynumber, and its greatest length. */
struct object_label {
	const char *label;
	size_t max;
	bool optional; /* no message if the card does not have it */
};

enum object_result {
	OBJECT_READ,	/* it may be empty */
	OBJECT_MISSING, /* the card does not have it, or it could not be read; a message tells why */
	OBJECT_CLOSED,	/* its PIN or code is not verified, as the card or the driver says; a message tells so */
	OBJECT_REFUSED	/* the driver has refused it, because it is not authentic, and has told so */
};

/* Reads the object LABEL of APPLICATION into VALUE, which must be empty. */
enum object_result object_read(struct secret *value, struct sc_pkcs15_card *p15card, const char *application, const struct object_label *label);

/* True if the card is still the one of NAME. Otherwise writes a message that CODE was not sent: the card may have been replaced while the
 * user typed. */
bool object_card_is_unchanged(const struct sc_pkcs15_card *p15card, const struct card_name *name, const char *code);

#endif

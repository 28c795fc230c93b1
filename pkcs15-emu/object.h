/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions that the objects of all classes use. */
#ifndef MYNUMBER_OBJECT_H
#define MYNUMBER_OBJECT_H

#include "card-driver/session/session.h"

/* The condition for listing an object. */
enum condition {
	ALWAYS,
	IF_AUTH,	/* the authentication certificate is on the card */
	IF_SIGN,	/* the signature certificate is on the card (cards of under-15s have none) and wanted */
	IF_CA,		/* CA certificates are wanted */
	IF_RECORD,	/* the card has a card number record (phones have none) */
	IF_LICENCE_PIN, /* the licence PIN is set, or the card wants its value although it is not set */
	IF_RESIDENCE,	/* the card gives the free files of the Residence application */
	IF_MY_NUMBER,	/* the configuration shows content that contains or reveals the My Number */
};

/* Returns true if the condition holds for this card and configuration. */
bool object_wanted(struct session *session, enum condition condition);

/* Sets ID to the single byte VALUE. */
void object_set_id(struct sc_pkcs15_id *id, unsigned value);

/* Creates a PKCS#15 object. A private object must have the PIN that opens it: PKCS#11 does not show an object that has
 * only one of the two properties. */
struct sc_pkcs15_object object_make(const char *label, enum pin_id pin);

/* Sets the path of a file or field of an application. OpenSC neither looks up this path in its file cache nor stores the
 * file there. */
void object_set_path(sc_path_t *path, enum app_id app, uint16_t id);

/* Returns the PIN for the objects of a file: the first PIN that opens the file. A code A (the My Number itself) is
 * returned only if there is no other PIN. */
enum pin_id object_opener(const struct session *session, enum app_id app, uint16_t id);

#endif

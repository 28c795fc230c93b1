/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the objects of all classes share. */
#ifndef MYNUMBER_OBJECT_H
#define MYNUMBER_OBJECT_H

#include "card-driver/session/session.h"

/* What an object depends on; it is listed only where that holds. */
enum condition {
	ALWAYS,
	IF_AUTH,      /* the authentication certificate is on the card */
	IF_SIGN,      /* the signature certificate is on the card (not for under-15s) and wanted */
	IF_CA,	      /* CA certificates are wanted */
	IF_RECORD,    /* the card has a card number record (phones have none) */
	IF_MY_NUMBER, /* the configuration shows what holds or reveals the My Number */
};

/* True if the condition holds for this card and configuration. */
bool object_wanted(struct session *session, enum condition condition);

void object_set_id(struct sc_pkcs15_id *id, unsigned value);

/* A private object and the PIN that opens it go together: with one of them alone PKCS#11 shows it nowhere. */
struct sc_pkcs15_object object_make(const char *label, enum pin_id pin);

/* The path of a file or field of an application, which OpenSC neither looks for in its file cache nor keeps there. */
void object_set_path(sc_path_t *path, enum app_id app, uint16_t id);

/* The PIN that a file's objects carry: the first that opens it, a code A (the My Number itself) only if there is no other. */
enum pin_id object_opener(const struct session *session, enum app_id app, uint16_t id);

#endif

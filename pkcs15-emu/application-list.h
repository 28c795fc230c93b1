/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OpenSC's list of the card's applications. OpenSC makes it from EF.DIR before anything was sent to the card. */
#ifndef MYNUMBER_APPLICATION_LIST_H
#define MYNUMBER_APPLICATION_LIST_H

#include "card-driver/session/session.h"

/* Returns false for an application that the configuration disables with `application AID { disable }`. OpenSC's own list
 * of applications does not contain it either. If that list is empty, OpenSC binds the whole card instead. */
bool application_list_has(const sc_card_t *card, const struct application *app);

/* Removes the applications that the card does not have. OpenSC listed the applications before anything was read, and a
 * phone that has the ATR of a card has fewer of them. The entry of JPKI is never removed, because OpenSC is using it and
 * continues to read it. */
void application_list_drop_absent(sc_card_t *card, const struct session *session);

/* Looks for the optional applications that this program may see, or only for ONLY if it is not NULL, and adds those that
 * the card has to OpenSC's list, which OpenSC made before anything was sent to the card. The list of a PKCS#11 module
 * contains them already. If the list is empty, OpenSC binds the whole card and needs no list. Returns SC_SUCCESS or
 * SC_ERROR_*. */
int application_list_find_optional(sc_card_t *card, struct session *session, const struct application *only);

#endif

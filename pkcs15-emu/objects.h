/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PKCS#15 objects of each application: constant tables, and a function for each class that adds the objects that
 * this card has. */
#ifndef MYNUMBER_OBJECTS_H
#define MYNUMBER_OBJECTS_H

#include "card-driver/session/session.h"

/* Each function adds the objects of one class and application. Returns SC_SUCCESS or SC_ERROR_*. A file that the card
 * does not have and a blocked PIN are not errors. */
int objects_add_pins(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_private_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_public_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_certificates(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_data(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);

#endif

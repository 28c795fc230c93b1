/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PKCS#15 objects of each application: const tables, and a function a class that adds those that this card has. */
#ifndef MYNUMBER_OBJECTS_H
#define MYNUMBER_OBJECTS_H

#include "card-driver/session/session.h"

/* Each adds the objects of one class and application. SC_SUCCESS or SC_ERROR_*; a file that the card does not have or a
 * blocked PIN is no error. */
int objects_add_pins(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_private_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_public_keys(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_certificates(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
int objects_add_data(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);

#endif

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

/* The data objects of an application: all, or one of two parts of them. */
enum data_part {
	DATA_ALL,
	DATA_DECODED, /* decoded values and reports */
	DATA_RAW      /* files as they are on the card */
};

/* Lists a part of the data objects of an application. Returns SC_SUCCESS or SC_ERROR_*. */
int objects_add_data_part(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app, enum data_part part);

/* Returns the number of data objects of an application. */
size_t objects_count_data(struct session *session, const struct application *app);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks the files of OpenSC's cache before OpenSC opens them. OpenSC opens whatever has the right name, and waits for ever
 * if that is a pipe. */
#ifndef MYNUMBER_CACHE_FOLDER_H
#define MYNUMBER_CACHE_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "card-driver/base/compat.h"

/* Returns true if each cached file of this card with this date is a regular file of the current user and not larger than
 * a file of the card. The date of the token information must be set, because it is part of the names. Otherwise, or if
 * the folder cannot be read, writes a message for the user. A folder that does not exist yet is fine. */
bool cache_folder_is_safe(struct sc_pkcs15_card *p15card);

/* Removes the cached copy of a file of this card with this date, if there is one. Returns false if it could not be removed.
 * Some versions of OpenSC (0.26, 0.27) only append to a file of the cache, so a copy that does not fit the card would
 * otherwise stay and grow. */
bool cache_folder_remove(struct sc_pkcs15_card *p15card, uint16_t file);

#endif

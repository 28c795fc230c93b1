/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OpenSC's file cache (`use_file_caching`): free certificates come from it, and never a stale one. */
#ifndef MYNUMBER_CACHE_H
#define MYNUMBER_CACHE_H

#include "card-driver/session.h"

/* If the configuration wants the cache, once before anything is listed: dates its entries by the authentication certificate that is on the card now (one
 * exchange), so that a renewed one finds no old entries, and takes over what is in it. Where that date cannot be read
 * (phones), the cache is switched off. */
void cache_use(struct sc_pkcs15_card *p15card, struct session *session);

#endif

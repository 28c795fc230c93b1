/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OpenSC's file cache (`use_file_caching`): free certificates come from it, and never a stale one. */
#ifndef MYNUMBER_CACHE_H
#define MYNUMBER_CACHE_H

#include "card-driver/session.h"

/* If the configuration wants the cache, once before anything is listed: dates its entries by the authentication certificate
 * that is on the card now (one exchange), so that a renewed one gets entries of its own, and takes over what is in it and
 * shown to be on the card. Where that date cannot be read (phones), the cache is switched off. */
void cache_use(struct sc_pkcs15_card *p15card, struct session *session);

/* True if OpenSC may serve this file of JPKI from the cache, and keep it there: what it has is shown to be on the card, or it
 * has nothing yet. */
bool cache_may_serve(struct sc_pkcs15_card *p15card, struct session *session, uint16_t id);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OpenSC's file cache (`use_file_caching`) for the authentication certificate and its CA's. No object has a path that OpenSC
 * itself looks for in the cache: only this room reads and writes it, so that nothing unproven is served. */
#ifndef MYNUMBER_CACHE_H
#define MYNUMBER_CACHE_H

#include "card-driver/session/session.h"

/* If the configuration wants the cache, once, before a certificate or its key is listed: takes over the copies of both
 * certificates if the card shows that they are its own (two exchanges), else reads and keeps them. Where the certificate
 * cannot prove a copy (phones, no key identifiers), the cache is left alone. */
void cache_use(struct sc_pkcs15_card *p15card, struct session *session);

#endif

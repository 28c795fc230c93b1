/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Uses OpenSC's file cache (`use_file_caching`) for the authentication certificate and the CA certificates. No object
 * has a path that OpenSC itself looks up in the cache. Therefore only this file reads and writes the cache, and no
 * unproven copy is used. */
#ifndef MYNUMBER_CACHE_H
#define MYNUMBER_CACHE_H

#include "card-driver/session/session.h"

/* Called before a certificate or its key is listed; takes effect once, and only if the configuration enables the cache.
 * If the card shows that the copies of both certificates are its own (two exchanges), the copies are used; otherwise
 * both certificates are read from the card and cached. If the certificate cannot prove a copy (phones, no key
 * identifiers), or if cache_folder_is_safe() says no, the cache is not used. The copy of the signature CA's certificate is
 * proven when that certificate is read (two exchanges). */
void cache_use(struct sc_pkcs15_card *p15card, struct session *session);

/* Caches the signature CA's certificate if it was read from the card. Called before OpenSC frees P15CARD. */
void cache_keep(struct sc_pkcs15_card *p15card, struct session *session);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The content of a virtual My Number Card: files, keys and PIN values, built in memory from a persona. The code for the card's
 * behaviour (commands, access rules, counters) does not depend on how the content is made.
 */
#ifndef VIRTUAL_CARD_CONTENT_H
#define VIRTUAL_CARD_CONTENT_H

#include "items.h"
#include "variant.h"

/* Loads the persona in folder DIR, and builds the content that VARIANT describes. If the folder has no persona, it is made
 * first; SEED determines the person. Returns 0, or -1 with a message on stderr. */
int vc_content_build(struct vc_content *content, const char *dir, const struct vc_variant *variant);

#endif

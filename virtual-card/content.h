/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is on a virtual My Number Card: files, keys and PIN values, built in memory from a persona.
 * The card's behaviour (commands, access rules, counters) knows nothing of how content is made.
 */
#ifndef VIRTUAL_CARD_CONTENT_H
#define VIRTUAL_CARD_CONTENT_H

#include "items.h"
#include "variant.h"

/* Loads the persona in folder DIR, making it first if the folder has none (SEED decides who it is),
 * and builds what VARIANT says. 0, or -1 with a message on stderr. */
int vc_content_build(struct vc_content *content, const char *dir, const struct vc_variant *variant);

#endif

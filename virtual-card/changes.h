/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Applies a variant's changes to files: a file is left out, cut, or taken from another card. */
#ifndef VIRTUAL_CARD_CHANGES_H
#define VIRTUAL_CARD_CHANGES_H

#include <stdbool.h>

#include "items.h"

/* Applies the changes in their order; OTHER is the other card. A change of a file that does not exist does nothing. */
void changes_make(struct vc_content *content, struct vc_content *other, const struct vc_variant *variant);

/* True if a change needs another card. */
bool changes_need_other(const struct vc_variant *variant);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are left out, cut, or taken from another card, as a variant's changes say. */
#ifndef VIRTUAL_CARD_CHANGES_H
#define VIRTUAL_CARD_CHANGES_H

#include <stdbool.h>

#include "items.h"

/* Makes the changes in their order; OTHER is the other card. A change of a file that is not there does nothing. */
void changes_make(struct vc_content *content, struct vc_content *other, const struct vc_variant *variant);

/* Whether a change needs another card. */
bool changes_need_other(const struct vc_variant *variant);

#endif

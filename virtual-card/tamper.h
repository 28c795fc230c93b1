/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Forgeries: changes to the finished content that a reader should detect. */
#ifndef VIRTUAL_CARD_TAMPER_H
#define VIRTUAL_CARD_TAMPER_H

#include "items.h"

/* Applies the changes of the tamper variants. */
void tamper(struct vc_content *content, const char *dir, const struct vc_variant *variant);

#endif

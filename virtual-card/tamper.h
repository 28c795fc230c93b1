/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What forgers do: changes to the finished content that a reader should notice. */
#ifndef VIRTUAL_CARD_TAMPER_H
#define VIRTUAL_CARD_TAMPER_H

#include "items.h"

/* Applies the tamper variants. */
void tamper(struct vc_content *content, const char *dir, const struct vc_variant *variant);

#endif

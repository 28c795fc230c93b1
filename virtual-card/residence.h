/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The residence application (在留AP) of a specified residence card (特定在留カード) and of a specified special permanent resident
 * certificate (特定特別永住者証明書). */
#ifndef VIRTUAL_CARD_RESIDENCE_H
#define VIRTUAL_CARD_RESIDENCE_H

#include "items.h"
#include "variant.h"

/* Adds the application if VARIANT has it. */
void residence_add(struct vc_content *content, const struct vc_variant *variant);

#endif

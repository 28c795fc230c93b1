/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a variant changes the person in the records. */
#ifndef VIRTUAL_CARD_PERSONA_VARIANT_H
#define VIRTUAL_CARD_PERSONA_VARIANT_H

#include "persona.h"
#include "variant.h"

/* The seed of the other person whose records a variant contains. */
#define PERSONA_OTHER_SEED 4712

/* Changes for all records. */
void persona_change(struct persona *persona, const struct vc_variant *variant);

/* Changes for the records of Input Support only. */
void persona_change_text(struct persona *text, const struct vc_variant *variant);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the person differs in the records of a variant. */
#ifndef VIRTUAL_CARD_PERSONA_VARIANT_H
#define VIRTUAL_CARD_PERSONA_VARIANT_H

#include "persona.h"
#include "variant.h"

/* The seed of the other person, whose records a variant has. */
#define PERSONA_OTHER_SEED 4712

/* In all records. */
void persona_change(struct persona *persona, const struct vc_variant *variant);

/* In those of Input Support alone. */
void persona_change_text(struct persona *text, const struct vc_variant *variant);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the records of a variant's card say otherwise of the person. */
#ifndef VIRTUAL_CARD_PERSONA_VARIANT_H
#define VIRTUAL_CARD_PERSONA_VARIANT_H

#include "persona.h"
#include "variant.h"

/* Whom records are of that are not this person's. */
#define PERSONA_OTHER_SEED 4712

/* In all records. */
void persona_change(struct persona *persona, const struct vc_variant *variant);

/* In those of Input Support alone. */
void persona_change_text(struct persona *text, const struct vc_variant *variant);

#endif

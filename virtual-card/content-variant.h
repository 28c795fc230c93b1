/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small parts of the card's content that depend on the variant. */
#ifndef VIRTUAL_CARD_CONTENT_VARIANT_H
#define VIRTUAL_CARD_CONTENT_VARIANT_H

#include "records.h"
#include "variant.h"

/* The label in EF 0006 of JPKI. */
const char *variant_token_label(const struct vc_variant *variant);

/* EF 0008 of JPKI. */
struct bytes variant_availability(const struct vc_variant *variant);

/* The form of lengths in EF 0002 of the text application. */
enum length_form variant_length_form(const struct vc_variant *variant);

#endif

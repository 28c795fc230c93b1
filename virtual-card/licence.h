/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driving licence application (免許証AP) of a persona's card. */
#ifndef VIRTUAL_CARD_LICENCE_H
#define VIRTUAL_CARD_LICENCE_H

#include <stdio.h>

#include "items.h"
#include "persona.h"
#include "variant.h"

/* The key that signs the licence records, and the greatest size of a photo in them. */
#define LICENCE_SIGNER	  "licence-signer"
#define LICENCE_PHOTO_MAX 2000

/* Adds the application with the form of records that VARIANT describes. */
void licence_add(struct vc_content *content, const char *dir, const struct persona *persona, const struct vc_variant *variant);

/* The identifier of the signing key: SHA-256 of its SubjectPublicKeyInfo in DER. */
void licence_key_id(uint8_t id[32], EVP_PKEY *key);

#endif

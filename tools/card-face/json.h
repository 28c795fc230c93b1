/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the card face as JSON for programs. */
#ifndef TOOLS_CARD_FACE_JSON_H
#define TOOLS_CARD_FACE_JSON_H

#include <stdio.h>

#include "face.h"
#include "tools/common/words.h"

/* Writes FACE (docs/card-face.schema.json) with words in LANGUAGE. False if memory runs out. */
bool face_json_write(FILE *out, const struct face *face, enum language language);

#endif

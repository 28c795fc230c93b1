/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures of the card in an HTML page: decoded in a confined process, encoded again as PNG, as data: URIs. */
#ifndef TOOLS_PICTURE_H
#define TOOLS_PICTURE_H

#include <stdio.h>

#include "tools/common/buffer.h"

/* Writes an <img> of the JP2 photo or of a PNG of text, described by ALT. False, and nothing is written, if there is none
 * or it cannot be decoded; the latter with a message on standard error. */
bool picture_write_photo(FILE *out, const struct buffer *jp2, const char *alt);
bool picture_write_text(FILE *out, const struct buffer *png, const char *alt);

#endif

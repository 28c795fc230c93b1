/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the pictures of the card into an HTML page, as data: URIs of newly encoded PNG files. */
#ifndef TOOLS_PICTURE_H
#define TOOLS_PICTURE_H

#include <stdio.h>

#include "card-driver/base/secret.h"

/* Write an <img> of the JP2 photo or of a PNG image of text, with the description ALT. False if there is no picture, or, with a message
 * on standard error, if it cannot be decoded; nothing is then written. */
bool picture_write_photo(FILE *out, const struct secret *jp2, const char *alt);
bool picture_write_text(FILE *out, const struct secret *png, const char *alt);

#endif

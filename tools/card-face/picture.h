/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Encodes the pictures of the card again as PNG files, and writes them into an HTML page as data: URIs. */
#ifndef TOOLS_PICTURE_H
#define TOOLS_PICTURE_H

#include <stdio.h>

#include "card-driver/base/secret.h"

struct picture {
	uint32_t width, height; /* in pixels */
	struct secret png;
};

/* Decode the JP2 photo or a PNG image of text, and encode it as PNG. False if there is no picture, or, with a message about NAME on standard
 * error, if it cannot be decoded. Call picture_free() in either case. */
bool picture_read_photo(struct picture *picture, const struct secret *jp2, const char *name);
bool picture_read_text(struct picture *picture, const struct secret *png, const char *name);
void picture_free(struct picture *picture);

/* Write an <img> of the same pictures, with the description ALT. Return the same; nothing is written if it is false. */
bool picture_write_photo(FILE *out, const struct secret *jp2, const char *alt);
bool picture_write_text(FILE *out, const struct secret *png, const char *alt);

#endif

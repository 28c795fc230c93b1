/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decodes and encodes the pictures of the card. A forged card may hold malicious files, so each picture is decoded in a confined process
 * (confined.h) and encoded again. */
#ifndef TOOLS_PIXELS_H
#define TOOLS_PIXELS_H

#include "card-driver/base/secret.h"

/* The greatest width and height in pixels, more than any picture of a card has. It limits what is read from the confined process. */
#define PIXELS_SIDE_MAX 2048

struct pixels {
	uint32_t width, height;
	uint32_t channels; /* 1: grey, 3: red, green, blue; 8 bits each */
	struct secret samples;
};

/* Allocates a white picture. False if a side is 0 or too long, or without memory. */
bool pixels_alloc(struct pixels *pixels, uint32_t width, uint32_t height, uint32_t channels);
void pixels_free(struct pixels *pixels);

/* Decodes a JP2 file (ISO/IEC 15444-1, Annex I). False if it is malformed or beyond the limits. */
bool jp2_decode(const struct secret *file, struct pixels *pixels);

/* Decodes a PNG as grey. False if it is malformed or beyond the limits. */
bool png_decode(const struct secret *file, struct pixels *pixels);

/* Encodes a PNG file. The caller frees FILE with secret_clear(). False without memory. */
bool png_encode(const struct pixels *pixels, struct secret *file);

#endif

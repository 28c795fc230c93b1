/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures on the card: text as 1-bit PNG, the portrait as a grey JPEG 2000. */
#ifndef VIRTUAL_CARD_IMAGES_H
#define VIRTUAL_CARD_IMAGES_H

#include <stddef.h>

/* Draws TEXT as a 1-bit PNG of WIDTH x HEIGHT pixels; the letters are HEIGHT pixels high. Returns 0, or -1 with a message on
 * stderr. */
int image_text(const char *dir, const char *file, const char *text, int width, int height);

/* Draws a portrait, which depends on SEED, as JP2 of about SIZE bytes. Returns 0, or -1 with a message on stderr. */
int image_portrait(const char *dir, const char *file, unsigned seed, size_t size);

#endif

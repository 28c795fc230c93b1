/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pixels.h"

#include <string.h>

#define WHITE 0xFF

bool
pixels_alloc(struct pixels *pixels, uint32_t width, uint32_t height, uint32_t channels)
{
	*pixels = (struct pixels){0};
	if (width == 0 || height == 0 || width > PIXELS_SIDE_MAX || height > PIXELS_SIDE_MAX)
		return false;
	if (!secret_alloc(&pixels->samples, (size_t)width * height * channels))
		return false;
	memset(pixels->samples.data, WHITE, pixels->samples.len);
	pixels->width = width;
	pixels->height = height;
	pixels->channels = channels;
	return true;
}

void
pixels_free(struct pixels *pixels)
{
	secret_clear(&pixels->samples);
	*pixels = (struct pixels){0};
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pixels.h"

#include <png.h>

bool
png_decode(const struct secret *file, struct pixels *pixels)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	bool good;

	*pixels = (struct pixels){0};
	if (!png_image_begin_read_from_memory(&image, file->data, file->len))
		return false;
	image.format = PNG_FORMAT_GRAY;
	/* transparent pixels stay white */
	good = pixels_alloc(pixels, image.width, image.height, 1) &&
	       png_image_finish_read(&image, NULL, pixels->samples.data, 0, NULL) != 0;
	png_image_free(&image);
	if (!good)
		pixels_free(pixels);
	return good;
}

bool
png_encode(const struct pixels *pixels, struct secret *file)
{
	png_image image = {
			.version = PNG_IMAGE_VERSION,
			.width = pixels->width,
			.height = pixels->height,
			.format = pixels->channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB,
	};
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	bool good;

	good = secret_alloc(file, size) &&
	       png_image_write_to_memory(&image, file->data, &size, 0, pixels->samples.data, 0, NULL) != 0;
	png_image_free(&image);
	if (good)
		file->len = size;
	else
		secret_clear(file);
	return good;
}

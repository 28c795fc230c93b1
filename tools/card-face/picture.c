/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include "confined.h"
#include "tools/common/outcome.h"
#include "pixels.h"
#include "tools/common/text.h"

/* The height in pixels at which an image of text is readable. A smaller one is magnified by a whole number. */
#define TEXT_HEIGHT 36

static bool
read_picture(struct picture *picture, bool (*decode)(const struct secret *file, struct pixels *pixels), const struct secret *file, const char *name)
{
	struct pixels pixels;
	bool good;

	*picture = (struct picture){0};
	if (file->len == 0)
		return false;
	good = confined_decode(decode, file, &pixels) && png_encode(&pixels, &picture->png);
	picture->width = pixels.width;
	picture->height = pixels.height;
	if (!good)
		complain("%s: left out, the image cannot be decoded", name);
	pixels_free(&pixels);
	return good;
}

bool
picture_read_photo(struct picture *picture, const struct secret *jp2, const char *name)
{
	return read_picture(picture, jp2_decode, jp2, name);
}

bool
picture_read_text(struct picture *picture, const struct secret *png, const char *name)
{
	return read_picture(picture, png_decode, png, name);
}

void
picture_free(struct picture *picture)
{
	secret_clear(&picture->png);
	*picture = (struct picture){0};
}

static void
write_image(FILE *out, const struct picture *picture, unsigned scale, const char *class_name, const char *alt)
{
	fprintf(out, "<img class=\"%s\" width=\"%u\" height=\"%u\" alt=\"", class_name, picture->width * scale, picture->height * scale);
	text_puts(out, alt, TEXT_HTML);
	fputs("\" src=\"data:image/png;base64,", out);
	text_base64(out, picture->png.data, picture->png.len);
	fputs("\">\n", out);
}

bool
picture_write_photo(FILE *out, const struct secret *jp2, const char *alt)
{
	struct picture picture;
	bool good = picture_read_photo(&picture, jp2, alt);

	if (good)
		write_image(out, &picture, 1, "photo", alt);
	picture_free(&picture);
	return good;
}

bool
picture_write_text(FILE *out, const struct secret *png, const char *alt)
{
	struct picture picture;
	bool good = picture_read_text(&picture, png, alt);

	if (good)
		write_image(out, &picture, picture.height > TEXT_HEIGHT ? 1 : TEXT_HEIGHT / picture.height, "text", alt);
	picture_free(&picture);
	return good;
}

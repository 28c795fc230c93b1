/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include "confined.h"
#include "tools/common/outcome.h"
#include "pixels.h"
#include "tools/common/text.h"

/* The height in pixels at which an image of text is readable. A smaller one is magnified by a whole number. */
#define TEXT_HEIGHT 36

struct picture_format {
	bool (*decode)(const struct secret *file, struct pixels *pixels);
	unsigned (*scale)(const struct pixels *pixels);
	const char *class_name;
};

static unsigned
keep_size(const struct pixels *pixels)
{
	(void)pixels;
	return 1;
}

static unsigned
text_image_scale(const struct pixels *pixels)
{
	return pixels->height > TEXT_HEIGHT ? 1 : TEXT_HEIGHT / pixels->height;
}

static bool
write_png_image(FILE *out, const struct pixels *pixels, unsigned scale, const char *class_name, const char *alt)
{
	struct secret file;

	if (!png_encode(pixels, &file))
		return false;
	fprintf(out, "<img class=\"%s\" width=\"%u\" height=\"%u\" alt=\"", class_name, pixels->width * scale, pixels->height * scale);
	text_puts(out, alt, TEXT_HTML);
	fputs("\" src=\"data:image/png;base64,", out);
	text_base64(out, file.data, file.len);
	fputs("\">\n", out);
	secret_clear(&file);
	return true;
}

static bool
write_picture(FILE *out, const struct secret *file, const struct picture_format *picture_format, const char *alt)
{
	struct pixels pixels;
	bool good = false;

	if (file->len == 0)
		return false;
	if (confined_decode(picture_format->decode, file, &pixels))
		good = write_png_image(out, &pixels, picture_format->scale(&pixels), picture_format->class_name, alt);
	if (!good)
		complain("%s: left out, the image cannot be decoded", alt);
	pixels_free(&pixels);
	return good;
}

bool
picture_write_photo(FILE *out, const struct secret *jp2, const char *alt)
{
	static const struct picture_format photo = {jp2_decode, keep_size, "photo"};

	return write_picture(out, jp2, &photo, alt);
}

bool
picture_write_text(FILE *out, const struct secret *png, const char *alt)
{
	static const struct picture_format text = {png_decode, text_image_scale, "text"};

	return write_picture(out, png, &text, alt);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "images.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <openjpeg.h>
#include <pango/pangocairo.h>
#include <png.h>

#define PORTRAIT_WIDTH	240
#define PORTRAIT_HEIGHT 300
#define INK		0x80 /* a brighter pixel counts as paper */

/* Digits of 5 x 7 pixels, a row a byte: no font draws them readably into the 6 x 12 pixels that the card has for each. */
#define DIGIT_WIDTH  5
#define DIGIT_HEIGHT 7
static const uint8_t digits[10][DIGIT_HEIGHT] = {
		{0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E}, /* 0 */
		{0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E}, /* 1 */
		{0x0E, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1F}, /* 2 */
		{0x1F, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0E}, /* 3 */
		{0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02}, /* 4 */
		{0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E}, /* 5 */
		{0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E}, /* 6 */
		{0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08}, /* 7 */
		{0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E}, /* 8 */
		{0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C}, /* 9 */
};

static void
draw_digit(cairo_t *cr, const uint8_t rows[DIGIT_HEIGHT], int left, int top)
{
	int x, y;

	for (y = 0; y < DIGIT_HEIGHT; y++)
		for (x = 0; x < DIGIT_WIDTH; x++)
			if (rows[y] & 1 << (DIGIT_WIDTH - 1 - x))
				cairo_rectangle(cr, left + x, top + y, 1, 1);
}

/* Draws digits one beside the other. Returns false if TEXT has other letters. */
static bool
draw_digits(cairo_t *cr, const char *text, int height)
{
	size_t i, len = strlen(text);

	if (strspn(text, "0123456789") != len)
		return false;
	for (i = 0; i < len; i++)
		draw_digit(cr, digits[text[i] - '0'], (int)i * (DIGIT_WIDTH + 1), (height - DIGIT_HEIGHT) / 2);
	cairo_fill(cr);
	return true;
}

static cairo_surface_t *
draw_text(const char *text, int width, int height)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cr = cairo_create(surface);
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string("IPAGothic");
	int text_width, text_height;

	pango_font_description_set_absolute_size(font, height * 0.8 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_pixel_size(layout, &text_width, &text_height);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	if (!draw_digits(cr, text, height)) {
		cairo_scale(cr, text_width > width ? (double)width / text_width : 1, 1);
		cairo_move_to(cr, 0, (height - text_height) / 2.0);
		pango_cairo_show_layout(cr, layout);
	}
	pango_font_description_free(font);
	g_object_unref(layout);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	return surface;
}

static uint8_t
grey_at(cairo_surface_t *surface, int x, int y)
{
	return cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + 4 * x + 1];
}

static void
write_rows(png_structp png, cairo_surface_t *surface, int width, int height)
{
	png_bytep row = calloc(1, (size_t)(width + 7) / 8);
	int x, y;

	for (y = 0; y < height; y++) {
		for (x = 0; x < width; x++) {
			uint8_t bit = (uint8_t)(0x80 >> (x % 8));

			row[x / 8] = (uint8_t)(grey_at(surface, x, y) >= INK ? row[x / 8] | bit : row[x / 8] & ~bit);
		}
		png_write_row(png, row);
	}
	free(row);
}

int
image_text(const char *dir, const char *file, const char *text, int width, int height)
{
	cairo_surface_t *surface = draw_text(text, width, height);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	out = fopen(path, "wb");
	if (out == NULL) {
		perror(path);
		return -1;
	}
	png_init_io(png, out);
	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
			PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	write_rows(png, surface, width, height);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	cairo_surface_destroy(surface);
	return fclose(out) == 0 ? 0 : -1;
}

static void
oval(cairo_t *cr, double x, double y, double rx, double ry, double grey)
{
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, rx, ry);
	cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
	cairo_restore(cr);
	cairo_set_source_rgb(cr, grey, grey, grey);
	cairo_fill(cr);
}

/* Draws a simple face with shoulders. */
static void
draw_person(cairo_t *cr, unsigned seed)
{
	double hair = 0.12 + 0.05 * (seed % 3), cx = PORTRAIT_WIDTH / 2.0;
	int side;

	cairo_set_source_rgb(cr, 0.86, 0.86, 0.86);
	cairo_paint(cr);
	oval(cr, cx, 330, 110, 105, 0.25); /* jacket */
	oval(cr, cx, 245, 34, 60, 0.72);   /* neck */
	oval(cr, cx, 128, 84, 96, hair);   /* hair */
	oval(cr, cx, 150, 66, 84, 0.8);	   /* face */
	oval(cr, cx, 76, 66, 32, hair);	   /* fringe */
	for (side = -1; side <= 1; side += 2) {
		oval(cr, cx + side * 28, 138, 11, 5, 0.97);
		oval(cr, cx + side * 28, 138, 5, 5, 0.1);
		oval(cr, cx + side * 28, 122, 15, 3, hair + 0.1);
	}
	oval(cr, cx, 168, 7, 9, 0.7);
	oval(cr, cx, 198, 22, 5, 0.45);
}

static opj_image_t *
portrait(unsigned seed)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, PORTRAIT_WIDTH, PORTRAIT_HEIGHT);
	cairo_t *cr = cairo_create(surface);
	opj_image_cmptparm_t parameters = {.dx = 1, .dy = 1, .w = PORTRAIT_WIDTH, .h = PORTRAIT_HEIGHT, .prec = 8};
	opj_image_t *image = opj_image_create(1, &parameters, OPJ_CLRSPC_GRAY);
	unsigned noise = seed + 1;
	int x, y;

	draw_person(cr, seed);
	cairo_surface_flush(surface);
	image->x1 = PORTRAIT_WIDTH;
	image->y1 = PORTRAIT_HEIGHT;
	for (y = 0; y < PORTRAIT_HEIGHT; y++)
		for (x = 0; x < PORTRAIT_WIDTH; x++) {
			int grey = grey_at(surface, x, y);

			noise = noise * 1664525u + 1013904223u;
			grey += (int)(noise >> 28) - 8; /* noise that imitates the grain of a photo */
			image->comps[0].data[y * PORTRAIT_WIDTH + x] = grey < 0 ? 0 : grey > 255 ? 255
												 : grey;
		}
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return image;
}

/* Compression parameters of a photo of SIZE bytes. They are static because they take 18 kB. */
static opj_cparameters_t *
compression(size_t size)
{
	static opj_cparameters_t parameters;

	opj_set_default_encoder_parameters(&parameters);
	parameters.tcp_numlayers = 1;
	parameters.tcp_rates[0] = PORTRAIT_WIDTH * PORTRAIT_HEIGHT / (float)size;
	parameters.cp_disto_alloc = 1;
	parameters.irreversible = 1;
	return &parameters;
}

int
image_portrait(const char *dir, const char *file, unsigned seed, size_t size)
{
	opj_image_t *image = portrait(seed);
	opj_codec_t *codec = opj_create_compress(OPJ_CODEC_JP2);
	opj_cparameters_t *parameters = compression(size);
	opj_stream_t *stream;
	char path[PATH_MAX];
	int good;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	stream = opj_stream_create_default_file_stream(path, OPJ_FALSE);
	good = stream != NULL && opj_setup_encoder(codec, parameters, image) && opj_start_compress(codec, image, stream) &&
	       opj_encode(codec, stream) && opj_end_compress(codec, stream);
	opj_stream_destroy(stream);
	opj_destroy_codec(codec);
	opj_image_destroy(image);
	if (!good)
		fprintf(stderr, "virtual card: %s cannot be made\n", path);
	return good ? 0 : -1;
}

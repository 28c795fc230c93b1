/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures from cards that may be forged: which ones are decoded, which are refused, and that nothing crashes (best run with
 * ASAN). */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <openjpeg.h>

#include "cmocka-all.h"

#include "tools/card-face/confined.h"
#include "tools/card-face/pixels.h"

#define WIDTH  60
#define HEIGHT 75

static uint8_t
shade(size_t at, uint32_t channel)
{
	return (uint8_t)(at % WIDTH * 4 + channel * 10);
}

static opj_image_t *
gradient(uint32_t channels, uint32_t width, uint32_t height)
{
	opj_image_cmptparm_t parameters[3];
	opj_image_t *image;
	uint32_t c;
	size_t i;

	for (c = 0; c < channels; c++)
		parameters[c] = (opj_image_cmptparm_t){.dx = 1, .dy = 1, .w = width, .h = height, .prec = 8};
	image = opj_image_create(channels, parameters, channels == 1 ? OPJ_CLRSPC_GRAY : OPJ_CLRSPC_SRGB);
	assert_non_null(image);
	image->x1 = width;
	image->y1 = height;
	for (c = 0; c < channels; c++)
		for (i = 0; i < (size_t)width * height; i++)
			image->comps[c].data[i] = shade(i, c);
	return image;
}

/* Writes a lossless JP2 through a temporary file, because OpenJPEG has no function that writes to memory. TILE 0: one tile. */
static void
encode(struct secret *file, uint32_t channels, uint32_t width, uint32_t height, int tile)
{
	char name[] = "test-face-pictures.XXXXXX";
	int fd = mkstemp(name);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "rb");
	opj_image_t *image = gradient(channels, width, height);
	opj_codec_t *codec = opj_create_compress(OPJ_CODEC_JP2);
	opj_stream_t *stream;
	static opj_cparameters_t parameters;
	long size;

	assert_non_null(in);
	opj_set_default_encoder_parameters(&parameters);
	parameters.numresolution = 3; /* the smallest side here has 8 pixels */
	parameters.tcp_numlayers = 1;
	parameters.cp_disto_alloc = 1;
	parameters.tile_size_on = tile > 0;
	parameters.cp_tdx = parameters.cp_tdy = tile;
	stream = opj_stream_create_default_file_stream(name, OPJ_FALSE);
	assert_true(opj_setup_encoder(codec, &parameters, image) && opj_start_compress(codec, image, stream) &&
			opj_encode(codec, stream) && opj_end_compress(codec, stream));
	opj_stream_destroy(stream);
	opj_destroy_codec(codec);
	opj_image_destroy(image);
	fseek(in, 0, SEEK_END);
	size = ftell(in);
	rewind(in);
	assert_true(size > 0 && secret_alloc(file, (size_t)size));
	assert_int_equal(fread(file->data, 1, file->len, in), file->len);
	fclose(in);
	remove(name);
}

static void
expect_gradient(const struct pixels *pixels, uint32_t channels)
{
	size_t i;

	assert_int_equal(pixels->width, WIDTH);
	assert_int_equal(pixels->height, HEIGHT);
	assert_int_equal(pixels->channels, channels);
	assert_int_equal(pixels->samples.len, (size_t)WIDTH * HEIGHT * channels);
	for (i = 0; i < pixels->samples.len; i++)
		assert_int_equal(pixels->samples.data[i], shade(i / channels, (uint32_t)(i % channels)));
}

static void
expect_decoded(uint32_t channels, int tile)
{
	struct secret file;
	struct pixels pixels;

	encode(&file, channels, WIDTH, HEIGHT, tile);
	assert_true(confined_decode(jp2_decode, &file, &pixels));
	expect_gradient(&pixels, channels);
	pixels_free(&pixels);
	secret_clear(&file);
}

static void
jp2_is_decoded(void **state)
{
	(void)state;
	expect_decoded(1, 0);
	expect_decoded(3, 0);
	expect_decoded(1, 32);
}

/* A JP2 file without its boxes: the bare codestream from its first marker (SOC) on. */
static void
bare_codestream_is_decoded(void **state)
{
	struct secret file, codestream;
	struct pixels pixels;
	size_t at = 0;

	(void)state;
	encode(&file, 1, WIDTH, HEIGHT, 0);
	while (memcmp(file.data + at, "\xFF\x4F\xFF\x51", 4) != 0)
		assert_true(++at + 4 < file.len);
	assert_true(at > 0 && secret_copy(&codestream, file.data + at, file.len - at));
	assert_true(confined_decode(jp2_decode, &codestream, &pixels));
	expect_gradient(&pixels, 1);
	pixels_free(&pixels);
	secret_clear(&codestream);
	secret_clear(&file);
}

static void
expect_refused(uint32_t width, uint32_t height)
{
	struct secret file;
	struct pixels pixels;

	encode(&file, 1, width, height, 0);
	assert_false(confined_decode(jp2_decode, &file, &pixels));
	assert_null(pixels.samples.data);
	secret_clear(&file);
}

static void
jp2_beyond_the_limits_is_refused(void **state)
{
	(void)state;
	expect_refused(PIXELS_SIDE_MAX + 1, 8);
	expect_refused(8, PIXELS_SIDE_MAX + 1);
}

/* Finds a marker of the codestream. These small pictures do not contain the marker's bytes anywhere else. */
static uint8_t *
find_marker(const struct secret *file, uint8_t marker)
{
	size_t i;

	for (i = 0; i + 1 < file->len; i++)
		if (file->data[i] == 0xFF && file->data[i + 1] == marker)
			return file->data + i;
	fail_msg("no marker %02X", marker);
	return NULL;
}

/* OpenJPEG must not need more memory (in kilobytes) for the worst of these files than a confined process may have. */
static void
expect_small_footprint(void)
{
	struct rusage children, self;

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &children), 0);
	assert_int_equal(getrusage(RUSAGE_SELF, &self), 0);
	assert_true((size_t)children.ru_maxrss * 1024 <= (size_t)self.ru_maxrss * 1024 + CONFINED_MEMORY);
}

/* Changes bytes of a valid file, AT bytes behind a marker, to VALUE. If decoding yields a picture, its size must be within
 * the limits. */
static void
decode_changed(uint8_t marker, size_t at, size_t len, uint8_t value)
{
	struct secret file;
	struct pixels pixels;

	encode(&file, 1, 16, 16, 0);
	memset(find_marker(&file, marker) + at, value, len);
	if (confined_decode(jp2_decode, &file, &pixels))
		assert_true(pixels.width <= PIXELS_SIDE_MAX && pixels.height <= PIXELS_SIDE_MAX);
	pixels_free(&pixels);
	secret_clear(&file);
	expect_small_footprint();
}

static void
jp2_of_many_parts_takes_no_more_than_it_may(void **state)
{
	(void)state;
	decode_changed(0x51, 6, 2, 0xFF); /* SIZ: the picture is far wider, so it has many tiles */
	decode_changed(0x51, 6, 8, 0x7F); /* SIZ: wide and high */
	decode_changed(0x51, 6, 8, 0xFF);
	decode_changed(0x51, 22, 8, 0);	   /* SIZ: tiles without a size */
	decode_changed(0x51, 38, 2, 0xFF); /* SIZ: components */
	decode_changed(0x52, 6, 2, 0xFF);  /* COD: layers */
	decode_changed(0x52, 9, 1, 33);	   /* COD: levels */
	decode_changed(0x52, 4, 1, 1);	   /* COD: announces precinct sizes that are missing */
	decode_changed(0x90, 3, 1, 0);	   /* SOT: a segment without an end */
}

static bool
take_everything(const struct secret *file, struct pixels *pixels)
{
	size_t taken;

	(void)file;
	for (taken = 0; taken < 4 * CONFINED_MEMORY; taken += CONFINED_MEMORY / 8) {
		volatile uint8_t *block = malloc(CONFINED_MEMORY / 8);

		if (block == NULL)
			return false;
		block[0] = 1;
	}
	return pixels_alloc(pixels, 1, 1, 1);
}

static bool
open_a_file(const struct secret *file, struct pixels *pixels)
{
	FILE *opened = fopen("/dev/null", "r");

	(void)file;
	if (opened == NULL)
		return false;
	fclose(opened);
	return pixels_alloc(pixels, 1, 1, 1);
}

static bool
crash(const struct secret *file, struct pixels *pixels)
{
	(void)pixels;
	signal(SIGABRT, SIG_DFL);
	abort();
	return file == NULL;
}

static void
a_decoder_is_confined(void **state)
{
	static bool (*const decoders[])(const struct secret *, struct pixels *) = {take_everything, open_a_file, crash};
	struct secret file = {0};
	struct pixels pixels;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(decoders) / sizeof(decoders[0]); i++) {
		assert_false(confined_decode(decoders[i], &file, &pixels));
		assert_null(pixels.samples.data);
	}
}

/* Changes each byte of a file in two ways. Decoding yields either a picture whose size is within the limits or none. */
static void
expect_no_crash(struct secret *file, bool (*decode)(const struct secret *file, struct pixels *pixels))
{
	static const uint8_t masks[] = {0xFF, 0x01};
	size_t i, m;

	for (i = 0; i < file->len; i++)
		for (m = 0; m < sizeof(masks); m++) {
			struct pixels pixels;

			file->data[i] ^= masks[m];
			if (confined_decode(decode, file, &pixels))
				assert_int_equal(pixels.samples.len, (size_t)pixels.width * pixels.height * pixels.channels);
			else
				assert_null(pixels.samples.data);
			pixels_free(&pixels);
			file->data[i] ^= masks[m];
		}
}

/* Copies only the first bytes, so that a read beyond them is detected. */
static void
expect_no_crash_cut(const struct secret *file, bool (*decode)(const struct secret *file, struct pixels *pixels))
{
	size_t len;

	for (len = 0; len < file->len; len++) {
		struct secret cut;
		struct pixels pixels;

		assert_true(secret_copy(&cut, file->data, len));
		if (!confined_decode(decode, &cut, &pixels))
			assert_null(pixels.samples.data);
		pixels_free(&pixels);
		secret_clear(&cut);
	}
}

static void
broken_jp2_does_no_harm(void **state)
{
	struct secret file;

	(void)state;
	encode(&file, 1, 16, 16, 0);
	expect_no_crash(&file, jp2_decode);
	expect_no_crash_cut(&file, jp2_decode);
	secret_clear(&file);
}

static void
make_png(struct secret *file)
{
	struct pixels pixels;
	size_t i;

	assert_true(pixels_alloc(&pixels, WIDTH, HEIGHT, 1));
	for (i = 0; i < pixels.samples.len; i++)
		pixels.samples.data[i] = shade(i, 0);
	assert_true(png_encode(&pixels, file));
	pixels_free(&pixels);
}

static void
png_is_what_was_encoded(void **state)
{
	struct secret file;
	struct pixels pixels;

	(void)state;
	make_png(&file);
	assert_memory_equal(file.data, "\x89PNG\r\n\x1A\n", 8);
	assert_true(confined_decode(png_decode, &file, &pixels));
	expect_gradient(&pixels, 1);
	pixels_free(&pixels);
	secret_clear(&file);
}

static void
broken_png_does_no_harm(void **state)
{
	struct secret file;

	(void)state;
	make_png(&file);
	expect_no_crash(&file, png_decode);
	expect_no_crash_cut(&file, png_decode);
	secret_clear(&file);
}

static void
a_picture_has_a_sane_size(void **state)
{
	struct pixels pixels;

	(void)state;
	assert_false(pixels_alloc(&pixels, 0, 1, 1));
	assert_false(pixels_alloc(&pixels, 1, 0, 1));
	assert_false(pixels_alloc(&pixels, PIXELS_SIDE_MAX + 1, 1, 1));
	assert_false(pixels_alloc(&pixels, 1, UINT32_MAX, 1));
	assert_true(pixels_alloc(&pixels, PIXELS_SIDE_MAX, 1, 3));
	pixels_free(&pixels);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(jp2_is_decoded),
			cmocka_unit_test(bare_codestream_is_decoded),
			cmocka_unit_test(jp2_beyond_the_limits_is_refused),
			cmocka_unit_test(jp2_of_many_parts_takes_no_more_than_it_may),
			cmocka_unit_test(a_decoder_is_confined),
			cmocka_unit_test(broken_jp2_does_no_harm),
			cmocka_unit_test(png_is_what_was_encoded),
			cmocka_unit_test(broken_png_does_no_harm),
			cmocka_unit_test(a_picture_has_a_sane_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

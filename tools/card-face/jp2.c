/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pixels.h"

#include <stdlib.h>
#include <string.h>

#include <openjpeg.h>

#define BITS_MAX 16

/* The file that OpenJPEG reads, and its position. */
struct source {
	const struct secret *file;
	size_t at;
};

static OPJ_SIZE_T
jp2_source_read(void *to, OPJ_SIZE_T count, void *user)
{
	struct source *source = user;
	size_t left = source->file->len - source->at;

	if (left == 0)
		return (OPJ_SIZE_T)-1;
	if (count > left)
		count = left;
	memcpy(to, source->file->data + source->at, count);
	source->at += count;
	return count;
}

static OPJ_BOOL
jp2_source_seek(OPJ_OFF_T to, void *user)
{
	struct source *source = user;

	if (to < 0 || (size_t)to > source->file->len)
		return OPJ_FALSE;
	source->at = (size_t)to;
	return OPJ_TRUE;
}

static OPJ_OFF_T
jp2_source_skip(OPJ_OFF_T count, void *user)
{
	struct source *source = user;
	size_t left = source->file->len - source->at;

	if (count < 0 || (size_t)count > left)
		return -1;
	source->at += (size_t)count;
	return count;
}

static opj_stream_t *
open_jp2_stream(struct source *source)
{
	opj_stream_t *stream = opj_stream_default_create(OPJ_TRUE);

	if (stream == NULL)
		return NULL;
	opj_stream_set_read_function(stream, jp2_source_read);
	opj_stream_set_seek_function(stream, jp2_source_seek);
	opj_stream_set_skip_function(stream, jp2_source_skip);
	opj_stream_set_user_data(stream, source, NULL);
	opj_stream_set_user_data_length(stream, source->file->len);
	return stream;
}

/* Checks the header before anything is decoded: size, number of components, depth. */
static bool
is_supported_photo(const opj_image_t *image)
{
	OPJ_UINT32 i;

	if (image->x1 <= image->x0 || image->y1 <= image->y0 || image->x1 - image->x0 > PIXELS_SIDE_MAX ||
			image->y1 - image->y0 > PIXELS_SIDE_MAX || image->numcomps < 1 || image->numcomps > 4)
		return false;
	for (i = 0; i < image->numcomps; i++)
		if (image->comps[i].dx != 1 || image->comps[i].dy != 1 || image->comps[i].prec < 1 || image->comps[i].prec > BITS_MAX)
			return false;
	return true;
}

static uint8_t
scale_sample(const opj_image_comp_t *component, size_t at)
{
	int64_t value = component->data[at] + (component->sgnd ? INT64_C(1) << (component->prec - 1) : 0);
	int64_t most = (INT64_C(1) << component->prec) - 1;

	if (value < 0)
		value = 0;
	if (value > most)
		value = most;
	return (uint8_t)(value * UINT8_MAX / most);
}

/* Copies red, green and blue. Other images have the brightness in their first component. */
static bool
copy_pixels(const opj_image_t *image, struct pixels *pixels)
{
	bool colour = image->numcomps >= 3 && image->color_space != OPJ_CLRSPC_SYCC;
	uint32_t channels = colour ? 3 : 1, c;
	size_t i, area;

	if (!pixels_alloc(pixels, image->comps[0].w, image->comps[0].h, channels))
		return false;
	area = (size_t)pixels->width * pixels->height;
	for (c = 0; c < channels; c++) {
		const opj_image_comp_t *component = &image->comps[c];

		if (component->data == NULL || component->w != pixels->width || component->h != pixels->height) {
			pixels_free(pixels);
			return false;
		}
		for (i = 0; i < area; i++)
			pixels->samples.data[i * channels + c] = scale_sample(component, i);
	}
	return true;
}

static void
clear_image(opj_image_t *image)
{
	OPJ_UINT32 i;

	for (i = 0; image != NULL && i < image->numcomps; i++)
		if (image->comps[i].data != NULL)
			explicit_bzero(image->comps[i].data, (size_t)image->comps[i].w * image->comps[i].h * sizeof(OPJ_INT32));
	opj_image_destroy(image);
}

/* The photo of the card face is a JP2 file. That of a licence may also be a bare codestream (docs/card.md 11). */
static OPJ_CODEC_FORMAT
photo_format(const struct secret *file)
{
	static const uint8_t codestream[] = {0xFF, 0x4F, 0xFF, 0x51};

	return file->len >= sizeof(codestream) && memcmp(file->data, codestream, sizeof(codestream)) == 0 ? OPJ_CODEC_J2K : OPJ_CODEC_JP2;
}

bool
jp2_decode(const struct secret *file, struct pixels *pixels)
{
	struct source source = {file, 0};
	opj_dparameters_t *parameters = malloc(sizeof(*parameters)); /* 8 kB, too much for the stack */
	opj_codec_t *codec = opj_create_decompress(photo_format(file));
	opj_stream_t *stream = open_jp2_stream(&source);
	opj_image_t *image = NULL;
	bool good;

	*pixels = (struct pixels){0};
	if (parameters != NULL)
		opj_set_default_decoder_parameters(parameters);
	good = parameters != NULL && codec != NULL && stream != NULL && opj_setup_decoder(codec, parameters) &&
	       opj_read_header(stream, codec, &image) && is_supported_photo(image) &&
	       opj_decode(codec, stream, image) && opj_end_decompress(codec, stream) && is_supported_photo(image) &&
	       copy_pixels(image, pixels);
	clear_image(image);
	opj_stream_destroy(stream);
	opj_destroy_codec(codec);
	free(parameters);
	return good;
}

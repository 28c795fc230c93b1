/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif

#include "jp2-limits.h"

#include <string.h>

/* A photo of the card is one tile, of one component in one layer, in some dozen code-blocks. */
#define TILES_MAX      64
#define COMPONENTS_MAX 4
#define PIECES_MAX     65536 /* about a kilobyte each */

/* Markers, and what all but SOC and SOD begin: a segment of a length that counts itself (ISO/IEC 15444-1, A.1). */
#define SIZ	   0xFF51
#define COD	   0xFF52
#define COC	   0xFF53
#define SOT	   0xFF90
#define SOD	   0xFF93
#define MARKER_LEN 2
#define LENGTH_LEN 2

/* A codestream begins with SOC and SIZ (A.5.1); offsets from there. */
#define HEAD_SIZE	8
#define HEAD_START	16
#define HEAD_TILE_SIZE	24
#define HEAD_TILE_START 32
#define HEAD_COMPONENTS 40
#define HEAD_LEN	42

/* Offsets in the segments of COD and COC (A.6.1, A.6.2); both end with the same. */
#define COD_STYLE   4
#define COD_LAYERS  6
#define COD_CODING  9
#define COC_STYLE   5
#define COC_CODING  6
#define PRECINCTS   0x01 /* a style: their sizes follow */
#define LEVELS_MAX  32
#define BLOCK_LEAST 2  /* exponents */
#define BLOCK_MOST  10 /* it is what the four bits and BLOCK_LEAST may be together */
#define HALF	    4

struct along {
	uint64_t size, tiles;
};

struct codestream {
	struct along across, down;
	uint64_t components, pieces, layers; /* pieces: of the worst component */
};

static uint32_t
get16(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t
get32(const uint8_t *at)
{
	return get16(at) << 16 | get16(at + 2);
}

/* DIRECTION: of the numbers in the head, 0 those of x, 4 those of y. */
static bool
read_along(const uint8_t *head, size_t direction, struct along *along)
{
	uint64_t end = get32(head + HEAD_SIZE + direction), start = get32(head + HEAD_START + direction);
	uint64_t tile = get32(head + HEAD_TILE_SIZE + direction), tiles_start = get32(head + HEAD_TILE_START + direction);

	if (tile == 0 || start >= end || tiles_start > start)
		return false;
	*along = (struct along){end - start, (end - tiles_start + tile - 1) / tile};
	return along->tiles <= TILES_MAX;
}

static bool
read_head(const uint8_t *head, size_t len, struct codestream *codestream)
{
	static const uint8_t begins[] = {0xFF, 0x4F, 0xFF, 0x51};

	if (len < HEAD_LEN || memcmp(head, begins, sizeof(begins)) != 0 || !read_along(head, 0, &codestream->across) ||
			!read_along(head, sizeof(uint32_t), &codestream->down))
		return false;
	codestream->components = get16(head + HEAD_COMPONENTS);
	return codestream->components <= COMPONENTS_MAX && codestream->across.tiles * codestream->down.tiles <= TILES_MAX;
}

/* Not fewer than the pieces of 2^EXPONENT pixels of a resolution: each tile has parts at both of its sides. */
static uint64_t
pieces_along(const struct along *along, unsigned smaller, unsigned exponent)
{
	return (((along->size >> smaller) + along->tiles) >> exponent) + 2 * along->tiles;
}

/* More than PIECES_MAX where it does not fit. */
static uint64_t
product(uint64_t a, uint64_t b)
{
	uint64_t result;

	return __builtin_mul_overflow(a, b, &result) ? UINT64_MAX : result;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Counts precincts or code-blocks, whichever are smaller, in all resolutions: levels, code-block's width and height, style,
 * transformation, and a byte for the precincts of each resolution, the smallest first. */
static bool
read_coding(const uint8_t *coding, size_t len, bool precincts, struct codestream *codestream)
{
	const size_t fixed = 5;
	unsigned levels = len < fixed ? LEVELS_MAX + 1 : coding[0], level;
	uint64_t pieces = 0;

	if (levels > LEVELS_MAX || len < fixed + (precincts ? levels + 1 : 0))
		return false;
	for (level = 0; level <= levels; level++) {
		unsigned precinct = precincts ? coding[fixed + level] : UINT8_MAX;
		unsigned width = least(coding[1] + BLOCK_LEAST, precinct & 0x0F), height = least(coding[2] + BLOCK_LEAST, precinct >> HALF);

		if (__builtin_add_overflow(pieces, product(pieces_along(&codestream->across, levels - level, least(width, BLOCK_MOST)), pieces_along(&codestream->down, levels - level, least(height, BLOCK_MOST))), &pieces))
			return false;
	}
	if (pieces > codestream->pieces)
		codestream->pieces = pieces;
	return true;
}

/* A segment of the codestream's header. OpenJPEG looks for the next known marker behind one that it does not know, so that
 * only those are taken which all its versions know. */
static bool
read_segment(const uint8_t *segment, size_t len, struct codestream *codestream)
{
	static const char others[] = "\x51\x55\x57\x5C\x5D\x5E\x5F\x60\x63\x64"; /* SIZ TLM PLM QCD QCC RGN POC PPM CRG COM */
	uint64_t layers;

	switch (get16(segment)) {
	case COD:
		if (len < COD_CODING)
			return false;
		layers = get16(segment + COD_LAYERS);
		codestream->layers = layers > codestream->layers ? layers : codestream->layers;
		return read_coding(segment + COD_CODING, len - COD_CODING, (segment[COD_STYLE] & PRECINCTS) != 0, codestream);
	case COC:
		return len >= COC_CODING && read_coding(segment + COC_CODING, len - COC_CODING, (segment[COC_STYLE] & PRECINCTS) != 0, codestream);
	default:
		return segment[0] == SIZ >> 8 && segment[1] != '\0' && strchr(others, segment[1]) != NULL;
	}
}

/* The header of a tile-part, which must not say otherwise than the codestream's how it is coded. */
static bool
read_tile_segment(const uint8_t *segment, size_t len, struct codestream *codestream)
{
	static const char taken[] = "\x58\x5C\x5D\x5E\x5F\x61\x64\x90"; /* PLT QCD QCC RGN POC PPT COM SOT */

	(void)len;
	(void)codestream;
	return segment[0] == SIZ >> 8 && segment[1] != '\0' && strchr(taken, segment[1]) != NULL;
}

/* Gives all segments up to the marker END to READ. */
static bool
read_segments(const uint8_t *at, size_t len, uint32_t end, bool (*read)(const uint8_t *, size_t, struct codestream *),
		struct codestream *codestream)
{
	while (len >= MARKER_LEN + LENGTH_LEN && get16(at) != end) {
		size_t segment = MARKER_LEN + get16(at + MARKER_LEN);

		if (segment < MARKER_LEN + LENGTH_LEN || segment > len || !read(at, segment, codestream))
			return false;
		at += segment;
		len -= segment;
	}
	return len >= MARKER_LEN;
}

static bool
is_within_limits(const uint8_t *at, size_t len)
{
	static const uint8_t sot[] = {SOT >> 8, SOT & 0xFF};
	struct codestream codestream = {0};
	const uint8_t *end = at + len;

	if (!read_head(at, len, &codestream) || !read_segments(at + MARKER_LEN, len - MARKER_LEN, SOT, read_segment, &codestream) ||
			product(product(codestream.pieces, codestream.components), codestream.layers) > PIECES_MAX)
		return false;
	while ((at = memmem(at, (size_t)(end - at), sot, sizeof(sot))) != NULL) {
		if (!read_segments(at, (size_t)(end - at), SOD, read_tile_segment, &codestream))
			return false;
		at += sizeof(sot);
	}
	return true;
}

/* Boxes and tile-parts are not followed but looked for by their first bytes, wherever these stand: so there is none that
 * OpenJPEG finds and this does not. Compressed data holds no SOT (B.10.1), and by chance no name of a box. */
bool
jp2_is_within_limits(const struct buffer *file)
{
	static const uint8_t box[] = {'j', 'p', '2', 'c'};
	const uint8_t *at = file->data, *end = file->data + file->len;

	while ((at = memmem(at, (size_t)(end - at), box, sizeof(box))) != NULL) {
		at += sizeof(box);
		if (!is_within_limits(at, (size_t)(end - at)))
			return false;
	}
	return true;
}

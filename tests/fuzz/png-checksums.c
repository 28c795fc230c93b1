/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "png-checksums.h"

/* PNG, section 5: a file is a signature and then chunks, each with a length, a type, the data, and the CRC-32 of type and
 * data. */
#define SIGNATURE_LEN  8
#define LENGTH_LEN     4
#define TYPE_LEN       4
#define CHECKSUM_LEN   4
#define CRC_POLYNOMIAL 0xEDB88320U

static uint32_t
crc32_of(const uint8_t *data, size_t len)
{
	uint32_t crc = UINT32_MAX;
	size_t i;
	int bit;

	for (i = 0; i < len; i++)
		for (crc ^= data[i], bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ ((crc & 1) != 0 ? CRC_POLYNOMIAL : 0);
	return ~crc;
}

static uint32_t
get32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void
put32(uint8_t *at, uint32_t value)
{
	int i;

	for (i = 0; i < CHECKSUM_LEN; i++)
		at[i] = (uint8_t)(value >> (24 - 8 * i));
}

void
png_checksums_mend(uint8_t *png, size_t len)
{
	const size_t frame = LENGTH_LEN + TYPE_LEN + CHECKSUM_LEN;
	size_t at = SIGNATURE_LEN;

	while (at < len && len - at >= frame && get32(png + at) <= len - at - frame) {
		size_t data_len = get32(png + at);
		uint8_t *type = png + at + LENGTH_LEN;

		put32(type + TYPE_LEN + data_len, crc32_of(type, TYPE_LEN + data_len));
		at += frame + data_len;
	}
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "licence-full.h"

#include <stdlib.h>
#include <string.h>

/* Codes outside JIS X 0208 in a text: the first user-defined character, and a missing one. */
#define USER_DEFINED 0xFFF1
#define MISSING	     0xFFFA

/* Markers of a JPEG 2000 codestream. */
#define SIZ_AT	  2 /* the marker SIZ follows SOC */
#define COM	  0xFF64
#define COM_HEAD  6 /* marker, length, registration */
#define COM_LATIN 1

static void
put_16(struct bytes *bytes, unsigned value)
{
	uint8_t big_endian[] = {(uint8_t)(value >> 8), (uint8_t)value};

	bytes_add(bytes, big_endian, sizeof(big_endian));
}

/* Continues a text to its greatest length. */
static void
fill_text(struct licence_record *record, unsigned tag)
{
	static const uint8_t sample[] = {0x38, 0x2B, 0x4B, 0x5C}; /* 見本 */
	struct bytes *text = licence_value(record, tag);

	while (text->len < licence_maximum(tag))
		bytes_add(text, sample + text->len % sizeof(sample), 2);
}

static void
fill_texts(struct licence_record *record)
{
	struct bytes *special = licence_value(record, licence_condition_tag(2));
	unsigned i, tag;

	bytes_free(special);
	licence_add_text(record, licence_condition_tag(2), "氏名の");
	put_16(special, USER_DEFINED);
	licence_add_text(record, licence_condition_tag(2), "と");
	put_16(special, MISSING);
	for (i = 0; i < LICENCE_CONDITIONS; i++)
		fill_text(record, licence_condition_tag(i));
	for (tag = LICENCE_REMARK_1; tag < LICENCE_NUMBER; tag++)
		fill_text(record, tag);
}

/* Replaces the value by VALUE, repeated up to the greatest length. */
static void
fill_bytes(struct licence_record *record, unsigned tag, uint8_t value)
{
	bytes_free(licence_value(record, tag));
	bytes_fill(licence_value(record, tag), value, licence_maximum(tag));
}

static void
fill_range(struct licence_record *record, unsigned first, unsigned end, uint8_t value)
{
	for (; first < end; first++)
		fill_bytes(record, first, value);
}

/* Replaces a JP2 file by its codestream, with a comment behind the SIZ segment that makes it as large as the record allows. */
static void
fill_photo(struct licence_record *record)
{
	static const uint8_t start[] = {0xFF, 0x4F, 0xFF, 0x51};
	struct bytes *photo = licence_value(record, LICENCE_PHOTO), full = {0};
	const uint8_t *stream = photo->data == NULL ? NULL : memmem(photo->data, photo->len, start, sizeof(start));
	size_t len, siz_end, comment;

	if (stream == NULL)
		abort();
	len = photo->len - (size_t)(stream - photo->data);
	siz_end = SIZ_AT + 2 + (size_t)(stream[SIZ_AT + 2] << 8 | stream[SIZ_AT + 3]);
	comment = licence_maximum(LICENCE_PHOTO) - len - COM_HEAD;
	bytes_add(&full, stream, siz_end);
	put_16(&full, COM);
	put_16(&full, (unsigned)comment + COM_HEAD - 2);
	put_16(&full, COM_LATIN);
	bytes_fill(&full, ' ', comment);
	bytes_add(&full, stream + siz_end, len - siz_end);
	bytes_free(photo);
	*photo = full;
}

void
licence_fill(struct licence_record *record)
{
	bytes_free(licence_value(record, LICENCE_COLOUR));
	licence_add_text(record, LICENCE_COLOUR, "その他");
	bytes_free(licence_value(record, LICENCE_SECOND_CLASS_DATE));
	licence_add_date(record, LICENCE_SECOND_CLASS_DATE, "20200202");
	fill_texts(record);
	fill_range(record, LICENCE_IMAGE_1, LICENCE_CONDITION_5, 0x5A);
	fill_range(record, LICENCE_IMAGE_3, LICENCE_REMARK_1, 0xA5);
	fill_range(record, LICENCE_CLASS_FIRST, LICENCE_CLASS_LAST + 1, 0x01);
	fill_range(record, LICENCE_RESERVED_1, LICENCE_PHOTO, '9');
	fill_photo(record);
}

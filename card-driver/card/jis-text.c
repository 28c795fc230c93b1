/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jis-text.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>

#define CODE_BYTES	2
#define CODE_NUL	0x0000
#define CODE_SPACE	0x2121 /* the ideographic space */
#define CODE_IMAGE_BASE 0xFFF0 /* FFF1 to FFF7: the characters of images 1 to 7 */
#define IMAGES		7
#define CODE_MISSING	0xFFFA
#define EUC_BITS	0x80 /* set in both bytes of a JIS X 0208 code of EUC-JP */

static unsigned
code_at(const uint8_t *text)
{
	return (unsigned)text[0] << 8 | text[1];
}

static size_t
length_without_padding(const uint8_t *text, size_t len)
{
	while (len >= CODE_BYTES && (code_at(text + len - CODE_BYTES) == CODE_NUL || code_at(text + len - CODE_BYTES) == CODE_SPACE))
		len -= CODE_BYTES;
	return len;
}

/* Writes the mark for a code that is no character. Returns the number of bytes. */
static size_t
put_mark(unsigned code, char *out, size_t room)
{
	int written;

	if (code > CODE_IMAGE_BASE && code <= CODE_IMAGE_BASE + IMAGES)
		written = snprintf(out, room, "※%u", code - CODE_IMAGE_BASE);
	else if (code == CODE_MISSING)
		written = snprintf(out, room, "※欠");
	else
		written = snprintf(out, room, "※[%04X]", code);
	return written < 0 || (size_t)written >= room ? 0 : (size_t)written;
}

/* Writes one character. Returns the number of bytes, or 0 if there is no room. */
static size_t
put_character(iconv_t converter, const uint8_t *code, char *out, size_t room)
{
	char euc[CODE_BYTES], *in = euc, *end = out;
	size_t in_left = CODE_BYTES, left = room;
	bool in_range = code[0] > 0x20 && code[0] < 0x7F && code[1] > 0x20 && code[1] < 0x7F;

	euc[0] = (char)(code[0] | EUC_BITS);
	euc[1] = (char)(code[1] | EUC_BITS);
	if (in_range && iconv(converter, &in, &in_left, &end, &left) == 0 && in_left == 0)
		return room - left;
	return put_mark(code_at(code), out, room);
}

enum jis_result
jis_text_convert(const uint8_t *text, size_t len, char *out, size_t out_size)
{
	size_t pos, used = 0, part = 1;
	iconv_t converter;

	if (len % CODE_BYTES != 0 || out_size == 0)
		return JIS_MALFORMED;
	len = length_without_padding(text, len);
	converter = iconv_open("UTF-8", "EUC-JP");
	if (converter == (iconv_t)-1)
		return JIS_UNSUPPORTED;
	for (pos = 0; pos < len && part > 0; pos += CODE_BYTES) {
		part = put_character(converter, text + pos, out + used, out_size - used);
		used += part;
	}
	iconv_close(converter);
	if (part == 0 || used >= out_size)
		return JIS_MALFORMED;
	out[used] = '\0';
	return JIS_CONVERTED;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text.h"

#include <stdbool.h>
#include <string.h>

#include <openssl/evp.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/* The forms of UTF-8 (RFC 3629, section 3): mask and value of the first byte, number of further bytes, lowest character. */
static const struct {
	uint8_t mask, lead;
	size_t more;
	uint32_t least;
} utf8_forms[] = {
		{0x80, 0x00, 0, 0x0},
		{0xE0, 0xC0, 1, 0x80},
		{0xF0, 0xE0, 2, 0x800},
		{0xF8, 0xF0, 3, 0x10000},
};

/* Controls, and characters that are invisible or that move other text (Unicode 16: general categories Cc, Cf, Zl, Zp, Cs, and
 * Default_Ignorable_Code_Point). The variation selectors FE00 to FE0F and E0100 to E01EF are not listed, because names need them. */
static const struct {
	uint32_t first, last;
} hidden_characters[] = {
		{0x00, 0x1F},	    /* C0 controls */
		{0x7F, 0x9F},	    /* DEL, C1 controls */
		{0xAD, 0xAD},	    /* soft hyphen */
		{0x034F, 0x034F},   /* combining grapheme joiner */
		{0x0600, 0x0605},   /* Arabic number signs */
		{0x061C, 0x061C},   /* Arabic mark of direction */
		{0x06DD, 0x06DD},   /* Arabic end of ayah */
		{0x070F, 0x070F},   /* Syriac abbreviation mark */
		{0x0890, 0x0891},   /* Arabic currency marks */
		{0x08E2, 0x08E2},   /* Arabic disputed end of ayah */
		{0x115F, 0x1160},   /* Hangul fillers */
		{0x17B4, 0x17B5},   /* Khmer inherent vowels */
		{0x180B, 0x180F},   /* Mongolian separators and selectors */
		{0x200B, 0x200F},   /* zero width spaces and joiners, marks of direction */
		{0x2028, 0x202E},   /* line separators, embedding and override of direction */
		{0x2060, 0x206F},   /* invisible operators, isolation of direction, deprecated controls */
		{0x3164, 0x3164},   /* Hangul filler */
		{0xD800, 0xDFFF},   /* surrogates are no characters */
		{0xFEFF, 0xFEFF},   /* zero width no-break space */
		{0xFFA0, 0xFFA0},   /* half width Hangul filler */
		{0xFFF0, 0xFFFB},   /* unassigned but ignorable, interlinear annotation */
		{0x110BD, 0x110BD}, /* Kaithi number signs */
		{0x110CD, 0x110CD},
		{0x13430, 0x1343F},	/* Egyptian hieroglyph format controls */
		{0x1BCA0, 0x1BCA3},	/* shorthand format controls */
		{0x1D173, 0x1D17A},	/* musical format controls */
		{0xE0000, 0xE00FF},	/* tags */
		{0xE01F0, 0xE0FFF},	/* unassigned but ignorable */
		{0x110000, UINT32_MAX}, /* beyond Unicode */
};

static const struct {
	char character;
	const char *entity;
} html_entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

/* Decodes the first character of TEXT. Returns its length in bytes, or 0 if it is malformed. */
static size_t
decode_utf8(const uint8_t *text, size_t len, uint32_t *character)
{
	size_t i, form;

	for (form = 0; form < sizeof(utf8_forms) / sizeof(utf8_forms[0]); form++)
		if ((text[0] & utf8_forms[form].mask) == utf8_forms[form].lead)
			break;
	if (form == sizeof(utf8_forms) / sizeof(utf8_forms[0]) || utf8_forms[form].more >= len)
		return 0;
	*character = text[0] & (uint8_t)~utf8_forms[form].mask;
	for (i = 1; i <= utf8_forms[form].more; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
		*character = *character << 6 | (text[i] & 0x3F);
	}
	return *character < utf8_forms[form].least ? 0 : i;
}

static bool
is_shown_character(uint32_t character)
{
	size_t i;

	for (i = 0; i < sizeof(hidden_characters) / sizeof(hidden_characters[0]); i++)
		if (character >= hidden_characters[i].first && character <= hidden_characters[i].last)
			return false;
	return true;
}

static const char *
html_entity(uint32_t character)
{
	size_t i;

	for (i = 0; i < sizeof(html_entities) / sizeof(html_entities[0]); i++)
		if (character == (uint32_t)html_entities[i].character)
			return html_entities[i].entity;
	return NULL;
}

void
text_write(FILE *out, const void *text, size_t len, enum text_form form)
{
	const uint8_t *at = text;

	while (len > 0) {
		uint32_t character = 0;
		size_t used = decode_utf8(at, len, &character);
		const char *entity = used > 0 && form == TEXT_HTML ? html_entity(character) : NULL;

		if (used == 0 || !is_shown_character(character))
			fputs(REPLACEMENT, out);
		else if (entity != NULL)
			fputs(entity, out);
		else
			fwrite(at, 1, used, out);
		used += used == 0;
		at += used;
		len -= used;
	}
}

void
text_puts(FILE *out, const char *text, enum text_form form)
{
	text_write(out, text, strlen(text), form);
}

void
text_base64(FILE *out, const uint8_t *data, size_t len)
{
	while (len > 0) {
		unsigned char encoded[4 * 16 + 1];
		size_t part = len < 3 * 16 ? len : 3 * 16;

		EVP_EncodeBlock(encoded, data, (int)part);
		fputs((char *)encoded, out);
		explicit_bzero(encoded, sizeof(encoded));
		data += part;
		len -= part;
	}
}

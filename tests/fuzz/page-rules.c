/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif

#include "page-rules.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include <openssl/evp.h>

#include "fuzz.h"
#include "tools/card-face/licence.h"
#include "tools/card-face/pixels.h"
#include "tools/card-face/summary.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The start of a PNG (section 11.2.2): signature, length, "IHDR", width, height, bits, colour, ... Its length is a multiple
 * of three bytes, so that base 64 encodes it in whole groups of four characters. */
#define HEAD_LEN     33
#define HEAD_BASE64  44
#define HEAD_WIDTH   16
#define HEAD_HEIGHT  20
#define HEAD_BITS    24
#define HEAD_COLOUR  25
#define COLOUR_GREY  0
#define COLOUR_RGB   2
#define BASE64_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="

static const char *const elements[] = {"body", "code", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "head",
		"header", "html", "li", "main", "p", "section", "span", "strong", "style", "time", "title", "ul"};
static const char *const empty_elements[] = {"!DOCTYPE", "img", "meta"};
static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

/* The lines that the report of every genuine card contains. */
static const char *const needed[] = {"ok: card face", "ok: signer's certificate", "ok: presence"};
static const char *const needed_of_text[] = {"ok: name, address", "ok: card key record", "ok: signer's certificate", "ok: presence"};

/* The C library knows the control characters, but it does not count those for text direction among them. */
static bool
is_harmful(wchar_t character)
{
	return iswcntrl((wint_t)character) != 0 || character == 0x061C || (character >= 0x200B && character <= 0x200F) ||
	       (character >= 0x202A && character <= 0x202E) || (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}

void
rule_harmless(const char *text, size_t len)
{
	mbstate_t state = {0};
	wchar_t character = 0;
	size_t used = 0;

	for (; len > 0; text += used, len -= used) {
		used = *text == '\n' || (*text >= ' ' && *text <= '~') ? 1 : mbrtowc(&character, text, len, &state);
		PROMISE(used > 0 && used <= len);
		PROMISE(*text == '\n' || (*text >= ' ' && *text <= '~') || !is_harmful(character));
	}
}

/* True if the LEN characters at TEXT are one of the names. */
static bool
is_one_of(const char *text, size_t len, const char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strlen(names[i]) == len && memcmp(text, names[i], len) == 0)
			return true;
	return false;
}

/* How a tag changes the depth of nesting: 1 for a start tag, -1 for an end tag, 0 for an empty element. TAG is behind its
 * '<'. */
static int
depth_of(const char *tag)
{
	bool ends = *tag == '/';
	const char *name = tag + ends;
	size_t len = strcspn(name, " >");

	if (!ends && is_one_of(name, len, empty_elements, COUNT_OF(empty_elements)))
		return 0;
	PROMISE(is_one_of(name, len, elements, COUNT_OF(elements)));
	return ends ? -1 : 1;
}

void
rule_markup(const char *page)
{
	int depth = 0;

	for (; (page = strpbrk(page, "<&")) != NULL; page++) {
		if (*page == '<')
			depth += depth_of(page + 1);
		else
			PROMISE(is_one_of(page, strcspn(page, ";") + 1, entities, COUNT_OF(entities)));
		PROMISE(depth >= 0);
	}
	PROMISE(depth == 0);
}

static unsigned
get32(const uint8_t *at)
{
	return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

static void
expect_picture(const char *image)
{
	const char *data = strstr(image, "\"data:image/png;base64,");
	uint8_t head[HEAD_LEN];
	unsigned width, height, shown_width, shown_height;

	PROMISE(sscanf(image, "<img class=\"%*[a-z]\" width=\"%u\" height=\"%u\"", &shown_width, &shown_height) == 2);
	PROMISE(data != NULL);
	data = strchr(data, ',') + 1;
	PROMISE(strspn(data, BASE64_CHARS) > HEAD_BASE64 && data[strspn(data, BASE64_CHARS)] == '"');
	PROMISE(EVP_DecodeBlock(head, (const unsigned char *)data, HEAD_BASE64) == HEAD_LEN);
	PROMISE(memcmp(head, "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", HEAD_WIDTH) == 0);
	width = get32(head + HEAD_WIDTH);
	height = get32(head + HEAD_HEIGHT);
	PROMISE(width > 0 && width <= PIXELS_SIDE_MAX && height > 0 && height <= PIXELS_SIDE_MAX);
	PROMISE(head[HEAD_BITS] == 8 && (head[HEAD_COLOUR] == COLOUR_GREY || head[HEAD_COLOUR] == COLOUR_RGB));
	PROMISE(shown_width % width == 0 && shown_height % height == 0 && shown_width / width == shown_height / height);
}

void
rule_pictures(const char *page)
{
	for (; (page = strstr(page, "<img ")) != NULL; page++)
		expect_picture(page);
}

static unsigned
lines_of(const char *text)
{
	unsigned lines = 0;

	for (; (text = strchr(text, '\n')) != NULL; text++)
		lines++;
	return lines;
}

void
rule_lines(const struct face *face, const char *summary, enum language language)
{
	static uint8_t letter[] = {'x'};
	struct face plain = *face;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	int item;

	PROMISE(out != NULL);
	for (item = FACE_NAME; item <= FACE_ADDRESS; item++)
		if (plain.items[item].len > 0)
			plain.items[item] = (struct secret){letter, sizeof(letter)};
	summary_write(out, &plain, language);
	fclose(out);
	PROMISE(lines_of(summary) == lines_of(text));
	free(text);
}

/* True if a line of the report starts with BEGINS. */
static bool
has_line(const struct secret *report, const char *begins)
{
	size_t len = strlen(begins), at;

	for (at = 0; report->len >= len && at <= report->len - len; at++)
		if ((at == 0 || report->data[at - 1] == '\n') && memcmp(report->data + at, begins, len) == 0)
			return true;
	return false;
}

static bool
is_shown_as(const char *page, const char *name)
{
	char body[64];

	snprintf(body, sizeof(body), "<body class=\"%s\">", name);
	return strstr(page, body) != NULL;
}

static bool
same_person(const struct face *face)
{
	const struct secret *birth = &face->items[FACE_BIRTH], *text_birth = &face->items[FACE_TEXT_BIRTH];
	const struct secret *sex = &face->items[FACE_SEX], *text_sex = &face->items[FACE_TEXT_SEX];

	return birth->len == text_birth->len && memcmp(birth->data, text_birth->data, birth->len) == 0 && sex->len == text_sex->len &&
	       memcmp(sex->data, text_sex->data, sex->len) == 0;
}

/* True if the driver or its report says that the licence is wrong. An expired one only fails the check of its date. */
static bool
licence_is_wrong(const struct licence *licence)
{
	static const char fails[] = "FAIL: ", expired[] = "expiry date of the licence";
	const struct secret *report = &licence->items[LICENCE_REPORT];
	size_t at, rest;

	for (at = 0; at + strlen(fails) <= report->len; at++) {
		if ((at > 0 && report->data[at - 1] != '\n') || memcmp(report->data + at, fails, strlen(fails)) != 0)
			continue;
		rest = report->len - at - strlen(fails);
		if (rest < strlen(expired) || memcmp(report->data + at + strlen(fails), expired, strlen(expired)) != 0)
			return true;
	}
	return licence->refused;
}

void
rule_verdict(const struct face *face, const char *page, const char *summary)
{
	const struct secret *surface = &face->items[FACE_REPORT], *text = &face->items[FACE_TEXT_REPORT];
	bool wrong = face->refused[FACE_NAME] || has_line(surface, "FAIL: ") || has_line(text, "FAIL: "), genuine = is_shown_as(page, "genuine");
	bool licence_wrong = face->licence != NULL && licence_is_wrong(face->licence);
	bool has_text = face->items[FACE_NAME].len + face->items[FACE_ADDRESS].len > 0;
	size_t i;

	wrong |= licence_wrong;
	PROMISE(!genuine || face->licence == NULL);
	PROMISE(wrong == is_shown_as(page, "not-genuine"));
	PROMISE(wrong == (strstr(page, "<div class=\"stamp\">") != NULL));
	PROMISE(wrong == (strncmp(summary, "✕ ", strlen("✕ ")) == 0));
	PROMISE(genuine == (strncmp(summary, "✓ ", strlen("✓ ")) == 0));
	PROMISE(!genuine || !(has_line(surface, "unknown: ") || has_line(text, "unknown: ")));
	for (i = 0; i < COUNT_OF(needed); i++)
		PROMISE(!genuine || has_line(surface, needed[i]));
	for (i = 0; i < COUNT_OF(needed_of_text); i++)
		PROMISE(!genuine || !has_text || has_line(text, needed_of_text[i]));
	PROMISE(!genuine || !has_text || same_person(face));
}

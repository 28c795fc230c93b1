/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the page, the text and the JSON text of the card face viewer with arbitrary pictures, texts, dates and reports. */
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#include "json-rules.h"
#include "page-rules.h"
#include "png-checksums.h"
#include "tools/common/outcome.h"
#include "tools/card-face/json.h"
#include "tools/card-face/licence.h"
#include "tools/card-face/page.h"
#include "tools/card-face/summary.h"

/* Meaning of a chunk's type: below CHUNK_LANGUAGE it is an item (enum face_item), and CHUNK_LANGUAGE sets the language by its length, and
 * from LANGUAGES on that there is a licence. From
 * CHUNK_LATER on it is an item from FACE_TEXT_BIRTH on, or says whether a value was refused. Existing inputs use these numbers,
 * so they must not change. */
#define CHUNK_LANGUAGE 11
#define LANGUAGES      (LANGUAGE_EN + 1)
#define CHUNK_KINDS    (CHUNK_LANGUAGE + 1)
#define CHUNK_LATER    0xF0
#define CHUNK_REFUSED  0xFF
_Static_assert(FACE_TEXT_BIRTH == CHUNK_LANGUAGE, "the inputs mean other items than this program takes them for");

/* Larger than all pictures within the limits, uncompressed and in base 64. */
#define OUTPUT_MAX ((size_t)64 << 20)

#define SAID_SIZE 256

typedef void (*writer)(FILE *out, const struct face *face, enum language language);

/* Replaces explicit_bzero() by memset(), because the sanitizer detects overruns only in memset(). */
/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's option --wrap requires this name */
void __wrap_explicit_bzero(void *data, size_t len);

void
__wrap_explicit_bzero(void *data, size_t len)
{
	memset(data, 0, len);
}
/* NOLINTEND(bugprone-reserved-identifier) */

/* Replaces tools/common/outcome.c, because messages about broken pictures would fill the log. */
void
complain(const char *format, ...)
{
	char said[SAID_SIZE];
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	PROMISE(len > 0 && (size_t)len < sizeof(said));
}

void
fuzz_prepare(void)
{
	PROMISE(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
}

static bool
is_png(size_t item)
{
	return item == FACE_NAME_IMAGE || item == FACE_ADDRESS_IMAGE || item == FACE_CODE_IMAGE;
}

/* Half of the images get correct checksums, because the decoder rejects all others at the checksum. */
static void
take_item(struct face *face, const struct chunk *chunk)
{
	size_t item = chunk->type % CHUNK_KINDS;

	secret_clear(&face->items[item]);
	PROMISE(secret_copy(&face->items[item], chunk->data, chunk->len));
	if (is_png(item) && chunk->type / CHUNK_KINDS % 2 == 1)
		png_checksums_mend(face->items[item].data, face->items[item].len);
}

static void
take_later(struct face *face, const struct chunk *chunk)
{
	size_t item = FACE_TEXT_BIRTH + (chunk->type - CHUNK_LATER) % (FACE_ITEM_COUNT - FACE_TEXT_BIRTH);

	if (chunk->type == CHUNK_REFUSED) {
		face->refused[FACE_NAME] = true;
		return;
	}
	secret_clear(&face->items[item]);
	PROMISE(secret_copy(&face->items[item], chunk->data, chunk->len));
}

static void
take_language(struct face *face, const struct licence *licence, enum language *language, size_t len)
{
	*language = (enum language)(len % LANGUAGES);
	face->licence = len >= LANGUAGES ? licence : NULL;
}

/* Makes a licence of the items of the face. They stay theirs. */
static void
borrow_licence(struct licence *licence, const struct face *face)
{
	static const enum face_item lenders[LICENCE_ITEM_COUNT] = {
			[LICENCE_REPORT] = FACE_TEXT_REPORT,
			[LICENCE_NUMBER] = FACE_SEX,
			[LICENCE_EXPIRY] = FACE_EXPIRY,
			[LICENCE_COLOUR] = FACE_NAME,
			[LICENCE_CLASSES] = FACE_ADDRESS,
			[LICENCE_DATES] = FACE_REPORT,
			[LICENCE_CONDITIONS] = FACE_ADDRESS,
			[LICENCE_REMARKS] = FACE_NAME,
			[LICENCE_PHOTO] = FACE_PHOTO,
			[LICENCE_HISTORY] = FACE_BIRTH,
	};
	size_t i;

	for (i = 0; i < LICENCE_ITEM_COUNT; i++) {
		licence->items[i] = face->items[lenders[i]];
		licence->given[i] = licence->items[i].len != 1;
	}
	licence->refused = face->refused[FACE_NAME];
}

static void
take_items(struct face *face, const struct licence *licence, enum language *language, const uint8_t *data, size_t size)
{
	struct chunk chunk;

	while (chunk_next(&data, &size, &chunk))
		if (chunk.type >= CHUNK_LATER)
			take_later(face, &chunk);
		else if (chunk.type % CHUNK_KINDS == CHUNK_LANGUAGE)
			take_language(face, licence, language, chunk.len);
		else
			take_item(face, &chunk);
}

/* Returns the output of WRITE; the caller frees it. */
static char *
written(writer write, const struct face *face, enum language language)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	PROMISE(out != NULL);
	write(out, face, language);
	PROMISE(ferror(out) == 0 && fclose(out) == 0);
	PROMISE(len < OUTPUT_MAX);
	rule_harmless(text, len);
	return text;
}

static void
write_json(FILE *out, const struct face *face, enum language language)
{
	PROMISE(face_json_write(out, face, language));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum language language = LANGUAGE_BOTH;
	struct face face = {0};
	struct licence licence = {0};
	char *page, *summary, *json;
	size_t i;

	take_items(&face, &licence, &language, data, size);
	borrow_licence(&licence, &face);
	page = written(page_write, &face, language);
	rule_markup(page);
	rule_pictures(page);
	summary = written(summary_write, &face, language);
	rule_lines(&face, summary, language);
	rule_verdict(&face, page, summary);
	json = written(write_json, &face, language);
	rule_json(&face, json);
	free(page);
	free(summary);
	free(json);
	for (i = 0; i < FACE_ITEM_COUNT; i++)
		secret_clear(&face.items[i]);
	return 0;
}

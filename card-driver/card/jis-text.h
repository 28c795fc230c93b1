/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Converts the text of the licence record, JIS X 0208 without escape sequences, to UTF-8 (docs/card.md 11.15, 11.16). */
#ifndef MYNUMBER_JIS_TEXT_H
#define MYNUMBER_JIS_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* The size of a buffer for the UTF-8 of LEN bytes of JIS X 0208 and a final NUL: a character takes at most nine bytes. */
#define JIS_TEXT_MAX(len) ((len) / 2 * 9 + 1)

enum jis_result {
	JIS_CONVERTED,
	JIS_MALFORMED,	 /* an odd number of bytes, or OUT is too small */
	JIS_UNSUPPORTED, /* the C library lacks the conversion */
};

/* Converts LEN bytes to UTF-8 and adds a final NUL. Padding at the end (0000 or 2121) is left out. A character that the
 * card replaced by an image is written as ※1 to ※7, a missing one as ※欠, and a code that JIS X 0208 does not assign as
 * ※ with the code in brackets, so that nothing is lost silently. */
enum jis_result jis_text_convert(const uint8_t *text, size_t len, char *out, size_t out_size);

#endif

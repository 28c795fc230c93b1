/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that the card gives, made harmless for where it is shown. */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum text_form {
	TEXT_PLAIN, /* a terminal */
	TEXT_HTML,  /* HTML, also within a quoted attribute */
};

/* Writes UTF-8. What is not UTF-8, controls (a terminal would obey them), controls of writing direction and characters that
 * show nothing (two names would look the same) become U+FFFD; in HTML the characters of markup are escaped. */
void text_write(FILE *out, const void *text, size_t len, enum text_form form);

/* The same for a string. */
void text_puts(FILE *out, const char *text, enum text_form form);

/* Writes bytes in base 64 (RFC 4648), without line breaks. */
void text_base64(FILE *out, const uint8_t *data, size_t len);

#endif

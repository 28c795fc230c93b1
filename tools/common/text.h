/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes text of the card so that it can do no harm in a terminal or in an HTML page. */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum text_form {
	TEXT_PLAIN, /* a terminal */
	TEXT_HTML,  /* HTML, also within a quoted attribute */
};

/* Writes TEXT as UTF-8. Writes U+FFFD for malformed UTF-8, for controls (a terminal would obey them), for controls of the writing
 * direction, and for invisible characters (two names would look equal). In HTML, escapes the characters of markup. */
void text_write(FILE *out, const void *text, size_t len, enum text_form form);

/* The same for a string. */
void text_puts(FILE *out, const char *text, enum text_form form);

/* Writes DATA in base 64 (RFC 4648) without line breaks. */
void text_base64(FILE *out, const uint8_t *data, size_t len);

#endif

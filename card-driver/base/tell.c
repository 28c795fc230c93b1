/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tell.h"

#include <stdarg.h>
#include <stdio.h>

#define PREFIX "opensc-mynumber: "

/* The longest line. It is longer than any path that a line may quote; longer lines are truncated. */
#define LINE_MAX_LEN 5120

void
tell_user(const sc_context_t *ctx, const char *format, ...)
{
	FILE *out = ctx->debug_file != NULL ? ctx->debug_file : stderr;
	char line[LINE_MAX_LEN + 1] = PREFIX;
	size_t len = sizeof(PREFIX) - 1;
	va_list args;
	int written;

	va_start(args, format);
	written = vsnprintf(line + len, LINE_MAX_LEN - len, format, args);
	va_end(args);
	if (written < 0)
		return;
	len += (size_t)written < LINE_MAX_LEN - len ? (size_t)written : LINE_MAX_LEN - len - 1;
	line[len++] = '\n';
	/* The line is written in one piece, because other threads and programs may write to the same log. */
	fwrite(line, 1, len, out);
	fflush(out);
}

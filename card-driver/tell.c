/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tell.h"

#include <stdarg.h>
#include <stdio.h>

void
tell_user(const sc_context_t *ctx, const char *format, ...)
{
	FILE *out = ctx->debug_file != NULL ? ctx->debug_file : stderr;
	va_list args;

	va_start(args, format);
	fputs("opensc-mynumber: ", out);
	vfprintf(out, format, args);
	fputc('\n', out);
	fflush(out);
	va_end(args);
}

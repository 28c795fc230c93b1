/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outcome.h"

#include <stdarg.h>
#include <stdio.h>

void
complain(const char *format, ...)
{
	va_list arguments;

	fputs(TOOL_NAME ": ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

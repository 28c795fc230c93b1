/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_CONFINED_H
#define TOOLS_CONFINED_H

#include "pixels.h"

/* What a decoder may take, beside the memory that this program has already. A photo of the card needs some megabytes and some
 * hundredths of a second; JPEG 2000 files of a hundred bytes exist that make OpenJPEG take gigabytes. */
#define CONFINED_MEMORY	 ((size_t)256 << 20) /* bytes */
#define CONFINED_SECONDS 10		     /* processor time */

/* Runs a decoder of pictures in a child process that may take that much, open no file and start no process: a crash or a
 * hang of the decoder ends the child alone. False if no picture came out; PIXELS is empty then. */
bool confined_decode(bool (*decode)(const struct buffer *file, struct pixels *pixels), const struct buffer *file, struct pixels *pixels);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decodes a picture in a child process with limits, because the card may be forged and the file malicious. */
#ifndef TOOLS_CONFINED_H
#define TOOLS_CONFINED_H

#include "pixels.h"

/* Limits of the decoder; the memory is in addition to what this program already uses. A photo of a card needs a few megabytes and a few
 * hundredths of a second, but a JPEG 2000 file of a hundred bytes can make OpenJPEG allocate gigabytes. */
#define CONFINED_MEMORY	 ((size_t)256 << 20) /* bytes */
#define CONFINED_SECONDS 10		     /* processor time */

/* Runs DECODE in a child process within these limits, which can open no file and start no process. A crash or an endless loop of the
 * decoder ends only the child. False if there is no picture; PIXELS is then empty. */
bool confined_decode(bool (*decode)(const struct secret *file, struct pixels *pixels), const struct secret *file, struct pixels *pixels);

#endif

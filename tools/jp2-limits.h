/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_JP2_LIMITS_H
#define TOOLS_JP2_LIMITS_H

#include "buffer.h"

/* JPEG 2000 files of some hundred bytes make OpenJPEG take gigabytes, though their picture is small: tiles and components
 * when their header is read, precincts, code-blocks and layers when it is decoded. Whether this one has a sane number of each. */
bool jp2_is_within_limits(const struct buffer *file);

#endif

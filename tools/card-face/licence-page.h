/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The side of the HTML page that shows the driving licence. */
#ifndef TOOLS_LICENCE_PAGE_H
#define TOOLS_LICENCE_PAGE_H

#include <stdio.h>

#include "licence.h"
#include "tools/common/words.h"

void licence_page_write(FILE *out, const struct licence *licence, enum language language);

#endif

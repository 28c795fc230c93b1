/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driving licence as text. */
#ifndef TOOLS_LICENCE_SUMMARY_H
#define TOOLS_LICENCE_SUMMARY_H

#include <stdio.h>

#include "licence.h"
#include "tools/common/words.h"

void licence_summary_write(FILE *out, const struct licence *licence, enum language language);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes the card face as plain text for a terminal. */
#ifndef TOOLS_SUMMARY_H
#define TOOLS_SUMMARY_H

#include "verdict.h"

/* Writes the summary of FACE in LANGUAGE. */
void summary_write(FILE *out, const struct face *face, enum language language);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where personal data is written to. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include <stdio.h>

#include "tools/common/outcome.h"

/* Writes what ARGUMENT points to. */
typedef void (*output_writer)(FILE *out, const void *argument);

/* Has WRITER write ARGUMENT to FILE, which only its owner can read and which appears when it is complete, or to standard
 * output if FILE is NULL. A pipe or device is written to if it belongs to the user or root, or is what standard output is. OUTCOME_GENUINE, or OUTCOME_ERROR with a message on standard error. */
enum outcome output_write(const char *file, output_writer writer, const void *argument);

#endif

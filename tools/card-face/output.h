/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes personal data so that only its owner can read it. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "tools/common/outcome.h"

/* Writes the data that ARGUMENT points to. False if memory runs out. */
typedef bool (*output_writer)(FILE *out, const void *argument);

/* Calls WRITER with ARGUMENT. The result goes to FILE, which only its owner can read and which appears only when it is complete, or to
 * standard output if FILE is NULL. A pipe or device must belong to the user or to root, or be standard output itself. OUTCOME_GENUINE, or
 * OUTCOME_ERROR with a message on standard error. */
enum outcome output_write(const char *file, output_writer writer, const void *argument);

#endif

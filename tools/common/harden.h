/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a program does first that holds PINs and personal data. */
#ifndef TOOLS_HARDEN_H
#define TOOLS_HARDEN_H

/* From now on neither a core dump nor another program of the same user, such as a debugger, gets at this program's memory.
 * Where the system refuses that, one line on standard error that begins with PROGRAM says so. */
void harden(const char *program);

#endif

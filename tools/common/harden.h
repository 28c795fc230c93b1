/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Protects the memory of a program that holds PINs and personal data. */
#ifndef TOOLS_HARDEN_H
#define TOOLS_HARDEN_H

/* Forbids core dumps, and access to this program's memory by other programs of the same user, such as debuggers. If the system refuses,
 * writes one line to standard error that begins with PROGRAM. */
void harden(const char *program);

#endif

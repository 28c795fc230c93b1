/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OpenSC's file cache of a job, in the folder "cache". */
#ifndef FAULTS_CACHE_H
#define FAULTS_CACHE_H

#include <stdbool.h>

void cache_empty(void);

/* Whether some file in it is the person's file NAME (see truth_is()). */
bool cache_holds(const char *name);

/* Whether every file in it is the person's certificate that its name says. */
bool cache_is_true(void);

#endif

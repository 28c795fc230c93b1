/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks OpenSC's file cache, which a job keeps in the folder "cache". */
#ifndef FAULTS_CACHE_H
#define FAULTS_CACHE_H

#include <stdbool.h>

void cache_empty(void);

/* True if some cached file equals the person's file NAME (see truth_is()). */
bool cache_holds(const char *name);

/* True if every cached file equals the person's certificate that its file name ends with. */
bool cache_is_true(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes each of the driver's calls that need memory fail in turn. Only the module that is built for the tests contains this. */
#ifndef FAULTS_FAILING_CALLS_H
#define FAULTS_FAILING_CALLS_H

#include <stdbool.h>

/* Makes the NUMBER-th call from now on (counting from 1) fail; 0: none. LASTING: each later call of the same function fails
 * too, because a second attempt that succeeds could hide the effect of the failure. */
void failing_calls_set(unsigned long number, bool lasting);

/* The number of calls since then. */
unsigned long failing_calls_count(void);

#endif

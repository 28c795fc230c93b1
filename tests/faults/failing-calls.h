/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver's calls that need memory: each can be made to fail in turn. In the module of the tests only. */
#ifndef FAULTS_FAILING_CALLS_H
#define FAULTS_FAILING_CALLS_H

#include <stdbool.h>

/* The NUMBER-th call from now on, counting from 1, fails; 0: none. LASTING: and with it each later one of the same function,
 * as what is tried a second time may else hide what comes of the failure. */
void failing_calls_set(unsigned long number, bool lasting);

/* How many calls there were since. */
unsigned long failing_calls_count(void);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the virtual card's PC/SC library loaded, so that it does not read the person from the disk for each trial. */
#ifndef FAULTS_READER_H
#define FAULTS_READER_H

#include <stdbool.h>

/* Loads the library $FAULTS_READER and keeps a context open. Ends the program on failure. */
void reader_keep(void);

/* Sets the faults from now on, in the notation of VIRTUAL_CARD_FAULT; NULL: none. */
void reader_faults(const char *list);

/* True if a fault has happened since then and has changed something. Some have no effect; a bare status word cannot be cut,
 * for example. */
bool reader_fault_struck(void);

#endif

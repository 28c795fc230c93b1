/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual card's PC/SC library, kept open so that the person need not be read from the disk for each trial. */
#ifndef FAULTS_READER_H
#define FAULTS_READER_H

#include <stdbool.h>

/* Loads the library $FAULTS_READER and keeps a context of it. Ends the program where that fails. */
void reader_keep(void);

/* What goes wrong from now on, as in VIRTUAL_CARD_FAULT; NULL: nothing. */
void reader_faults(const char *list);

/* Whether one of these has happened since, and was no other than what happens anyway: a status word cannot be cut. */
bool reader_fault_struck(void);

#endif

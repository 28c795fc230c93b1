/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads from the virtual card's log what a run did. */
#ifndef FAULTS_CARD_LOG_H
#define FAULTS_CARD_LOG_H

#include <stddef.h>

struct card_log {
	size_t exchanges;    /* that the driver attempted, whether the card received them or not */
	unsigned pins_sent;  /* VERIFYs that carried a PIN */
	unsigned wrong_pins; /* VERIFYs that the card answered with 63Cx */
	int last_tries;	     /* tries left after the last VERIFY with a PIN; -1: all */
	unsigned resent;     /* VERIFYs equal to an earlier one that got no answer */
};

/* Reads $VIRTUAL_CARD_LOG. FAULTY is the number of the exchange with a fault; 0: none. */
struct card_log card_log_read(size_t faulty);

#endif

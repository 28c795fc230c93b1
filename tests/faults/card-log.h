/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the virtual card's log tells of a run. */
#ifndef FAULTS_CARD_LOG_H
#define FAULTS_CARD_LOG_H

#include <stddef.h>

struct card_log {
	size_t exchanges;    /* that the driver asked for, whether the card saw them or not */
	unsigned pins_sent;  /* VERIFYs with a PIN among them */
	unsigned wrong_pins; /* of these the card called wrong */
	int last_tries;	     /* what the last VERIFY of a PIN left: -1 all */
	unsigned resent;     /* VERIFYs that one of them was which had got no answer */
};

/* Reads $VIRTUAL_CARD_LOG. FAULTY: number of the exchange with a fault; 0: none. */
struct card_log card_log_read(size_t faulty);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the card into the virtual reader of vsmartcard's vpcd, where the real pcscd finds it. */
#ifndef VIRTUAL_CARD_VPCD_H
#define VIRTUAL_CARD_VPCD_H

#include "card.h"

/* Connects to vpcd, and retries for WAIT seconds while nobody listens. Returns a socket, or -1 with a message on stderr. */
int vc_vpcd_dial(const char *host, const char *port, unsigned wait);

enum vc_vpcd_end {
	VC_VPCD_HUNG_UP, /* vpcd closed the connection */
	VC_VPCD_PULLED,	 /* the card is no longer in the reader */
	VC_VPCD_ERROR	 /* an error, with a message on stderr */
};

/* Serves the card until one of these happens. */
enum vc_vpcd_end vc_vpcd_serve(int fd, struct virtual_card *card);

/* Waits until the card is in the reader. Returns 0, or -1 with a message on stderr. */
int vc_vpcd_wait_for_card(struct virtual_card *card);

#endif

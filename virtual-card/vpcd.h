/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card in the virtual reader of vsmartcard's vpcd, where the real pcscd finds it. */
#ifndef VIRTUAL_CARD_VPCD_H
#define VIRTUAL_CARD_VPCD_H

#include "card.h"

/* Dials vpcd, trying again for WAIT seconds while nobody listens. A socket, or -1 with a message on stderr. */
int vc_vpcd_dial(const char *host, const char *port, unsigned wait);

enum vc_vpcd_end {
	VC_VPCD_HUNG_UP, /* vpcd did */
	VC_VPCD_PULLED,	 /* the card is no longer in the reader */
	VC_VPCD_ERROR	 /* with a message on stderr */
};

/* Serves the card until one of these. */
enum vc_vpcd_end vc_vpcd_serve(int fd, struct virtual_card *card);

/* Waits until the card is in the reader. 0, or -1 with a message on stderr. */
int vc_vpcd_wait_for_card(struct virtual_card *card);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds command APDUs. The driver and the tools share it; each of them sends its own. */
#ifndef MYNUMBER_APDU_H
#define MYNUMBER_APDU_H

#include <stddef.h>
#include <stdint.h>

#include "compat.h"

/* The class of ISO 7816-4 commands. JICSAP commands have another class. */
#define CLA_ISO 0x00

/* The most bytes that an APDU of short length can carry in either direction (ISO 7816-4, 5.2). */
#define SHORT_DATA_MAX	 255
#define SHORT_ANSWER_MAX 256

/* Makes the APDU of a command with LEN bytes of DATA that expects up to LE bytes in OUT (0: none). The APDU has short
 * length unless LEN exceeds SHORT_DATA_MAX or LE exceeds SHORT_ANSWER_MAX. The caller may add flags. */
void apdu_build(sc_card_t *card, sc_apdu_t *apdu, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const uint8_t *data, size_t len, uint8_t *out, size_t le);

#endif

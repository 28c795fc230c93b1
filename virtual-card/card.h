/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual My Number Card: what a reader can do with it. Several threads and processes may use it at the same time. */
#ifndef VIRTUAL_CARD_CARD_H
#define VIRTUAL_CARD_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card-parts.h"

/* The counts of resets and removals. A user of the reader may continue only if it has seen the current ones. */
struct vc_card_events {
	uint32_t resets;
	uint32_t removals;
};

/* Opens the card in folder DIR, which is created if it is missing. LOG: path of the APDU log; NULL or empty: none. Returns
 * 0, or -1 with a message on stderr. */
int vc_card_open(struct virtual_card *card, const char *dir, const struct vc_variant *variant, const char *log);

void vc_card_close(struct virtual_card *card);

/* False while the file card.removed is in the folder: the card is then out of the reader and has no power. */
bool vc_card_present(struct virtual_card *card);

/* Removes the card from the reader by creating the file card.removed. */
void vc_card_pull(struct virtual_card *card);

/* Power and warm reset. Powering a powered card changes nothing, and neither does turning off a card that is off. */
void vc_card_power_on(struct virtual_card *card);
void vc_card_power_off(struct virtual_card *card);
void vc_card_warm_reset(struct virtual_card *card);
bool vc_card_powered(struct virtual_card *card);

struct vc_card_events vc_card_events(struct virtual_card *card);

/* Does one exchange. COMMAND has LEN bytes; the answer (at least two bytes) is written to ANSWER, which has room for
 * VC_ANSWER_MAX bytes. Returns the answer's length; 0: the card has no power. */
size_t vc_card_transmit(struct virtual_card *card, const uint8_t *command, size_t len, uint8_t *answer);

/* Marks all PINs of the selected application as verified, as another program that knows them would. */
void vc_card_open_pins(struct virtual_card *card);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions that the card's commands share. Only card.c and the files command-*.c may include this. */
#ifndef VIRTUAL_CARD_COMMAND_H
#define VIRTUAL_CARD_COMMAND_H

#include <stdbool.h>

#include "card-parts.h"

/* P2 (in READ BINARY, P1) that contains a short EF identifier. */
#define VC_BY_SFI   0x80
#define VC_SFI_MASK 0x1F

/* A command: checks APDU, adds data to the answer, returns the status word. */
typedef uint16_t vc_command(struct virtual_card *card, const struct vc_apdu *apdu);

/* command-select.c, command-read.c, command-pin.c, command-sign.c, command-other.c */
vc_command vc_select;
vc_command vc_read_binary, vc_read_record, vc_get_data;
vc_command vc_verify, vc_change_reference_data, vc_change_key;
vc_command vc_compute_signature, vc_internal_authenticate;
vc_command vc_get_challenge, vc_verify_certificate, vc_set_session_key, vc_last_command, vc_administer;

/* The selected application. */
enum vc_app vc_current_app(const struct virtual_card *card);

/* Finds the kind of a file in the current application; false: there is none. ITEM gets its content, or NULL for a closed
 * file. */
bool vc_find_file(const struct virtual_card *card, uint16_t id, const struct vc_item **item);

/* Selects the EF that P2 names: 80 is the current EF, 80|SFI another one. If it does not exist, the status word is MISSING. */
uint16_t vc_refer(struct virtual_card *card, uint8_t p2, uint16_t missing);

/* Content of the current EF; NULL if it is a closed file. */
const struct vc_item *vc_current_item(const struct virtual_card *card);

/* True if the access rule of the current EF is satisfied. */
bool vc_may_access(const struct virtual_card *card, uint16_t id);

/* Appends data to the answer. */
void vc_answer(struct virtual_card *card, const uint8_t *data, size_t len);

/* Index of the PIN in the current EF, or -1 if the EF is no PIN. */
int vc_current_pin(const struct virtual_card *card);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands of the card share. Only for card.c and the files command-*.c. */
#ifndef VIRTUAL_CARD_COMMAND_H
#define VIRTUAL_CARD_COMMAND_H

#include <stdbool.h>

#include "card-parts.h"

/* P2 (and P1 of READ BINARY) that names a short EF identifier. */
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

/* Kind of the file in the current application; false: there is none. ITEM gets its content, NULL for a closed file. */
bool vc_find_file(const struct virtual_card *card, uint16_t id, const struct vc_item **item);

/* Makes the EF that P2 names current: 80 the current one, 80|SFI another. MISSING is the status word for no such file. */
uint16_t vc_refer(struct virtual_card *card, uint8_t p2, uint16_t missing);

/* Content of the current EF; NULL: it is a closed file. */
const struct vc_item *vc_current_item(const struct virtual_card *card);

/* True if the access rule of the current EF is met. */
bool vc_may_access(const struct virtual_card *card, uint16_t id);

/* Appends to the answer. */
void vc_answer(struct virtual_card *card, const uint8_t *data, size_t len);

/* Number of the PIN in the current EF, or -1 if it is no PIN. */
int vc_current_pin(const struct virtual_card *card);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Test vectors for people who test without this program: the files of a card, and a transcript of the commands that read them. */
#ifndef VIRTUAL_CARD_EXPORT_H
#define VIRTUAL_CARD_EXPORT_H

#include "card.h"

/* Writes files/APPLICATION-EF.bin and transcript.txt into the folder TO. CARD must have been opened with the log vc_export_log(). Sends each PIN
 * of the person. Returns 0, or -1 with a message on stderr. */
int vc_export(struct virtual_card *card, const char *to);

/* Creates the folder TO, and writes the name of its transcript, which must not exist yet. Returns 0, or -1 with a message on stderr. */
int vc_export_log(const char *to, char *path, size_t size);

#endif

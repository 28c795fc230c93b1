/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is true of the card in $VIRTUAL_CARD_DIR, from the person's files and the card's memory, never through the driver. */
#ifndef FAULTS_TRUTH_H
#define FAULTS_TRUTH_H

#include <stdio.h>

#include "job.h"

#include "virtual-card/state.h"

/* The PIN that the card has now. A string that lasts until the next call. */
const char *truth_pin(enum job_pin pin);

/* True if DATA is what the file NAME in the folder "expected" says. */
bool truth_is(const char *name, const uint8_t *data, size_t len);

/* True if SIGNATURE is one of HASH (SHA-256) by the person's key NAME, a path from "expected". */
bool truth_signed(const char *name, bool pss, const uint8_t *hash, const uint8_t *signature, size_t len);

/* For what no file of the person says: the first run, which has no faults, learns it, all later ones must give the same. */
void truth_learn(bool learn);
bool truth_is_as_learnt(const uint8_t *data, size_t len);

/* The same of a text that is written piece by piece, one at a time. The end closes it, and compares it if it is WHOLE: false
 * where it differs. */
FILE *truth_text_begin(void);
bool truth_text_end(FILE *out, bool whole);

/* The card's memory: tries left, changed PINs, what is verified. */
struct vc_card_state truth_state(void);

/* The number of a PIN in vc_card_state. */
int truth_pin_number(enum job_pin pin);

/* True unless the PIN has a second copy with another value. */
bool truth_copies_agree(enum job_pin pin);

/* Makes the card as new, in the reader, with an empty log. */
void truth_reset(void);

/* Puts the card back into the reader. */
void truth_put_back(void);

/* Writes a path in the card's folder. */
void truth_path(char *path, size_t size, const char *name);

#endif

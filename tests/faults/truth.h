/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The true state of the card in $VIRTUAL_CARD_DIR. It comes from the person's files and the card's memory, never from the
 * driver. */
#ifndef FAULTS_TRUTH_H
#define FAULTS_TRUTH_H

#include <stdio.h>

#include "job.h"

#include "virtual-card/state.h"

/* The current value of the PIN. The string is valid until the next call. */
const char *truth_pin(enum job_pin pin);

/* True if DATA equals the content of the file NAME in the folder "expected". */
bool truth_is(const char *name, const uint8_t *data, size_t len);

/* True if SIGNATURE is a valid signature of HASH (SHA-256) by the person's key NAME, a path relative to "expected". */
bool truth_signed(const char *name, bool pss, const uint8_t *hash, const uint8_t *signature, size_t len);

/* For data that no file of the person contains: the first run, which has no faults, records it, and all later runs must
 * return the same. */
void truth_learn(bool learn);
bool truth_is_as_learnt(const uint8_t *data, size_t len);

/* The same for a text that is written piece by piece; only one text can be open. The end function closes it and, if it is
 * WHOLE, compares it: false if it differs. */
FILE *truth_text_begin(void);
bool truth_text_end(FILE *out, bool whole);

/* The card's memory: tries left, changed PINs, and what is verified. */
struct vc_card_state truth_state(void);

/* The PIN's index in vc_card_state. */
int truth_pin_number(enum job_pin pin);

/* False if the PIN has a second copy whose value differs. */
bool truth_copies_agree(enum job_pin pin);

/* Resets the card to its initial state, inserts it, and empties the log. */
void truth_reset(void);

/* Inserts the card into the reader again. */
void truth_put_back(void);

/* Writes the path of a file in the card's folder. */
void truth_path(char *path, size_t size, const char *name);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A licence record in which each object has its greatest length (variant licence-full). */
#ifndef VIRTUAL_CARD_LICENCE_FULL_H
#define VIRTUAL_CARD_LICENCE_FULL_H

#include "licence-record.h"

/* Fills all objects of EF 001B. The photo, which must be set, becomes a bare codestream. */
void licence_fill(struct licence_record *record);

#endif

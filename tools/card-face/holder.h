/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the card face says in digits, in words. */
#ifndef TOOLS_HOLDER_H
#define TOOLS_HOLDER_H

#include "face.h"
#include "words.h"

#define HOLDER_TEXT_SIZE 96

/* One value in words; empty strings where the card has none or it is malformed. */
struct holder_text {
	char ja[HOLDER_TEXT_SIZE], en[HOLDER_TEXT_SIZE];
};

struct holder {
	struct holder_text birth, sex, expiry;
	bool expired;
};

void holder_read(struct holder *holder, const struct face *face);

/* The same as words. */
struct words holder_words(const struct holder_text *text);

#endif

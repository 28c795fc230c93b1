/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Turns the digits of the card face (dates, sex) into words. */
#ifndef TOOLS_HOLDER_H
#define TOOLS_HOLDER_H

#include "face.h"
#include "tools/common/words.h"

#define HOLDER_TEXT_SIZE 96

/* One value in words. Both strings are empty if the card does not have the value, or if it is malformed. */
struct holder_text {
	char ja[HOLDER_TEXT_SIZE], en[HOLDER_TEXT_SIZE];
};

struct holder {
	struct holder_text birth, sex, expiry;
	bool expired;
};

/* Write one value of the card in words. TEXT is empty if it is malformed. */
void holder_read_birth(const struct secret *item, struct holder_text *text);
void holder_read_sex(const struct secret *item, struct holder_text *text);
void holder_read_date(const void *digits, size_t len, struct holder_text *text);

/* Fills HOLDER from FACE. EXPIRED is set if the date of expiry is before today. */
void holder_read(struct holder *holder, const struct face *face);

/* Returns pointers into TEXT. */
struct words holder_words(const struct holder_text *text);

#endif

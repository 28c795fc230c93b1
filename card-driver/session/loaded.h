/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What has been read of the card's files in this connection: a list of files, each cleared when it is dropped. */
#ifndef MYNUMBER_LOADED_H
#define MYNUMBER_LOADED_H

#include <stdbool.h>

#include "card-driver/base/secret.h"
#include "card-driver/card/card-map.h"
#include "card-driver/trust/finding.h"

struct loaded_file {
	const struct card_file *file;
	struct secret content; /* as far as it was read */
	bool whole;	       /* nothing is missing */
	struct finding finding;
	struct finding presence; /* of the card that the record names */
	struct loaded_file *next;
};

/* The entry of FILE, new and empty if nothing of it was read yet; NULL without memory. */
struct loaded_file *loaded_entry(struct loaded_file **list, const struct card_file *file);

/* Clears and frees the entry that *LINK points to; its successor takes its place. */
void loaded_drop(struct loaded_file **link);

#endif

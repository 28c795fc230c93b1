/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of the files that were read in this connection. The content of a file is cleared when its entry is dropped. */
#ifndef MYNUMBER_LOADED_H
#define MYNUMBER_LOADED_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "card-driver/base/secret.h"
#include "card-driver/card/card-map.h"
#include "card-driver/trust/finding.h"

/* Finds the bytes of a copy that, together with its beginning, occur in no other content that the file can have. Returns
 * false if the copy has no such bytes. */
typedef bool (*find_copy_proof)(const uint8_t *copy, size_t len, const uint8_t **bytes, size_t *bytes_len);

struct loaded_file {
	const struct card_file *file;
	struct secret content; /* the bytes that were read so far */
	bool whole;	       /* the content is complete */
	struct secret copy;    /* what an earlier connection has stored, until it is used or rejected; empty: none */
	find_copy_proof find_proof;
	bool copied; /* the end of the content comes from the copy */
	struct finding finding;
	struct finding presence; /* whether the card that the record names is present */
	EVP_PKEY *key;		 /* owned; NULL: the public key in the content was not needed yet. Set by content/public-key.c */
	struct loaded_file *next;
};

/* Returns the entry of FILE, which is new and empty if nothing of FILE was read yet. Returns NULL if memory allocation
 * fails. */
struct loaded_file *loaded_entry(struct loaded_file **list, const struct card_file *file);

/* Clears and frees the entry that *LINK points to. *LINK points to the next entry afterwards. */
void loaded_drop(struct loaded_file **link);

#endif

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of trusted keys that the configuration names: files with the identifier and the modulus of a key in each line,
 * in hexadecimal. */
#ifndef MYNUMBER_KEY_LIST_H
#define MYNUMBER_KEY_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "card-driver/base/compat.h"

#define KEY_ID_MAX	32
#define KEY_MODULUS_LEN 256

/* An RSA-2048 key with exponent 65537. */
struct listed_key {
	uint8_t id[KEY_ID_MAX]; /* as many bytes as the form of the list states */
	uint8_t modulus[KEY_MODULUS_LEN];
};

struct key_list {
	size_t id_len;
	size_t count, room;
	struct listed_key keys[];
};

struct key_list_form {
	const char *setting; /* the key of opensc.conf that names the file */
	size_t id_len;	     /* bytes of an identifier */
	size_t built_in;     /* number of keys that the caller will add */
};

/* Creates a list with the keys of the file PATH, or an empty one if PATH is NULL. The user is told about a file that
 * cannot be read and about malformed lines; neither is an error. The caller frees *LIST. Returns SC_SUCCESS or
 * SC_ERROR_OUT_OF_MEMORY. */
int key_list_load(const sc_context_t *ctx, const struct key_list_form *form, const char *path, struct key_list **list);

/* Adds the key in LINE. Returns 0, or -1 if the line is malformed or the list has no room. */
int key_list_add(struct key_list *list, const char *line);

#endif

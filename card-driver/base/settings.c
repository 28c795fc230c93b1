/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tell.h"

#define FIRST_APPLICATION 1u /* the bit of JPKI */

typedef bool (*value_reader)(void *field, const scconf_list *value, application_label_function *label_of);

static bool
read_bool(void *field, const scconf_list *value, application_label_function *label_of)
{
	static const struct {
		const char *word;
		bool means;
	} words[] = {{"yes", true}, {"true", true}, {"no", false}, {"false", false}};
	size_t i;

	(void)label_of;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(value->data, words[i].word) == 0) {
			*(bool *)field = words[i].means;
			return true;
		}
	return false;
}

static bool
read_verify(void *field, const scconf_list *value, application_label_function *label_of)
{
	bool yes;

	if (strcasecmp(value->data, "strict") == 0)
		*(enum verify_records *)field = VERIFY_STRICT;
	else if (read_bool(&yes, value, label_of))
		*(enum verify_records *)field = yes ? VERIFY_YES : VERIFY_NO;
	else
		return false;
	return true;
}

static bool
read_path(void *field, const scconf_list *value, application_label_function *label_of)
{
	char *path = strdup(value->data);

	(void)label_of;
	if (path == NULL)
		return false;
	free(*(char **)field);
	*(char **)field = path;
	return true;
}

/* Returns the bits of the applications that a word names, or 0 if there is no such application. */
static unsigned
applications_named(const char *word, application_label_function *label_of)
{
	bool all = strcasecmp(word, "all") == 0;
	unsigned i, bits = 0;

	for (i = 0; label_of(i) != NULL; i++)
		if (all || strcasecmp(word, label_of(i)) == 0)
			bits |= 1u << i;
	return bits;
}

static bool
read_applications(void *field, const scconf_list *value, application_label_function *label_of)
{
	unsigned apps = 0;

	for (; value != NULL; value = value->next) {
		unsigned named = applications_named(value->data, label_of);

		if (named == 0)
			return false;
		apps |= named;
	}
	*(unsigned *)field = apps;
	return true;
}

static bool
read_by_opensc(void *field, const scconf_list *value, application_label_function *label_of)
{
	(void)field;
	(void)value;
	(void)label_of;
	return true;
}

static const struct {
	const char *key;
	value_reader read;
	size_t offset;
	bool list; /* accepts several values, separated by commas */
} keys[] = {
		{"module", read_by_opensc, 0, false},
		{"my_number", read_bool, offsetof(struct settings, my_number), false},
		{"pkcs11_applications", read_applications, offsetof(struct settings, pkcs11_applications), true},
		{"ca_certificates", read_bool, offsetof(struct settings, ca_certificates), false},
		{"signature_certificate", read_bool, offsetof(struct settings, signature_certificate), false},
		{"verify_records", read_verify, offsetof(struct settings, verify_records), false},
		{"accept_test_cards", read_bool, offsetof(struct settings, accept_test_cards), false},
		{"trusted_cv_keys", read_path, offsetof(struct settings, trusted_cv_keys), false},
		{"trusted_licence_keys", read_path, offsetof(struct settings, trusted_licence_keys), false},
		{"licence", read_bool, offsetof(struct settings, licence), false},
		{"last_try", read_bool, offsetof(struct settings, last_try), false},
		{"pss", read_bool, offsetof(struct settings, pss), false},
};

static void
read_item(struct settings *settings, sc_context_t *ctx, const scconf_item *item, application_label_function *label_of)
{
	const scconf_list *value = item->value.list;
	size_t i;

	if (item->key == NULL) {
		tell_user(ctx, "card_driver mynumber: a value without a key, see opensc-mynumber.conf(5)");
		return;
	}
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcasecmp(item->key, keys[i].key) != 0)
			continue;
		if (value == NULL || (value->next != NULL && !keys[i].list) || !keys[i].read((char *)settings + keys[i].offset, value, label_of))
			tell_user(ctx, "card_driver mynumber: bad value for '%s', see opensc-mynumber.conf(5)", item->key);
		return;
	}
	tell_user(ctx, "card_driver mynumber: unknown key '%s', see opensc-mynumber.conf(5)", item->key);
}

/* Finds the block `card_driver mynumber` in the first `app` block that contains one, as OpenSC does for its own
 * `card_driver` blocks. *FOUND stays NULL if there is none. A failed memory allocation is reported as an error and not
 * treated as a missing block, because verify_records = strict would be ignored then. */
static int
find_block(sc_context_t *ctx, const scconf_block **found)
{
	size_t i;

	for (i = 0; ctx->conf_blocks[i] != NULL && *found == NULL; i++) {
		scconf_block **blocks = scconf_find_blocks(ctx->conf, ctx->conf_blocks[i], "card_driver", "mynumber");

		if (blocks == NULL)
			return SC_ERROR_OUT_OF_MEMORY;
		*found = blocks[0];
		free(blocks);
	}
	return SC_SUCCESS;
}

int
settings_load(struct settings *settings, sc_context_t *ctx, application_label_function *label_of)
{
	const scconf_block *block = NULL;
	const scconf_item *item;
	int r = find_block(ctx, &block);

	*settings = (struct settings){
			.licence = true,
			.ca_certificates = true,
			.signature_certificate = true,
			.pss = true,
			.verify_records = VERIFY_YES,
			.pkcs11_applications = FIRST_APPLICATION,
	};
	for (item = block == NULL ? NULL : block->items; item != NULL; item = item->next)
		if (item->type == SCCONF_ITEM_TYPE_VALUE)
			read_item(settings, ctx, item, label_of);
	return r;
}

bool
settings_show(const struct settings *settings, bool reveals_number)
{
	return settings->my_number || !reveals_number;
}

void
settings_free(struct settings *settings)
{
	free(settings->trusted_cv_keys);
	settings->trusted_cv_keys = NULL;
	free(settings->cv_keys);
	settings->cv_keys = NULL;
	free(settings->trusted_licence_keys);
	settings->trusted_licence_keys = NULL;
	free(settings->licence_keys);
	settings->licence_keys = NULL;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings in the block `card_driver mynumber { }` of opensc.conf. docs/configuration.md explains every key. */
#ifndef MYNUMBER_SETTINGS_H
#define MYNUMBER_SETTINGS_H

#include <stdbool.h>

#include "compat.h"

enum verify_records {
	VERIFY_NO,
	VERIFY_YES,
	VERIFY_STRICT
};

struct key_list;

struct settings {
	bool my_number;
	bool licence;
	bool ca_certificates;
	bool signature_certificate;
	bool accept_test_cards;
	bool last_try;
	bool pss;
	enum verify_records verify_records;
	unsigned pkcs11_applications;  /* one bit per enum app_id */
	char *trusted_cv_keys;	       /* path of a file, or NULL */
	char *trusted_licence_keys;    /* the same */
	struct key_list *cv_keys;      /* the trusted keys, or NULL until they are first needed (cv-keys.h) */
	struct key_list *licence_keys; /* the same for licence records (licence-keys.h) */
};

/* Returns the label of the application whose bit is 1 << INDEX, or NULL if INDEX is beyond the last application
 * (card-map.h). */
typedef const char *application_label_function(unsigned index);

/* Sets SETTINGS to the defaults and to the values in the configuration. An unknown key or a bad value is reported in the
 * log and ignored. Returns SC_SUCCESS, or SC_ERROR_OUT_OF_MEMORY if the configuration was not read. The caller must call
 * settings_free() in both cases. */
int settings_load(struct settings *settings, sc_context_t *ctx, application_label_function *label_of);

/* Returns false for content that contains or reveals the My Number, unless the configuration shows the My Number. */
bool settings_show(const struct settings *settings, bool reveals_number);

/* Frees what SETTINGS owns, but not SETTINGS itself. */
void settings_free(struct settings *settings);

#endif

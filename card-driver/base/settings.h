/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The block `card_driver mynumber { }` of opensc.conf. docs/configuration.md explains every key. */
#ifndef MYNUMBER_SETTINGS_H
#define MYNUMBER_SETTINGS_H

#include <stdbool.h>

#include "compat.h"

enum verify_records {
	VERIFY_NO,
	VERIFY_YES,
	VERIFY_STRICT
};

struct cv_keys;

struct settings {
	bool my_number;
	bool ca_certificates;
	bool signature_certificate;
	bool accept_test_cards;
	bool last_try;
	bool pss;
	enum verify_records verify_records;
	unsigned pkcs11_applications; /* one bit per enum app_id */
	char *trusted_cv_keys;	      /* path of a file, or NULL */
	struct cv_keys *cv_keys;      /* what is trusted, once it was asked for (cv-keys.h), or NULL */
};

/* The label of the application whose bit is 1 << INDEX, NULL beyond the last one (card-map.h). */
typedef const char *application_label_function(unsigned index);

/* Fills SETTINGS with the defaults and what the configuration says. An unknown key or a bad value is named in the log
 * and has no effect. SC_SUCCESS or SC_ERROR_OUT_OF_MEMORY: nothing was read. settings_free() is due in any case. */
int settings_load(struct settings *settings, sc_context_t *ctx, application_label_function *label_of);

/* False for what holds or reveals the My Number, unless the configuration shows it. */
bool settings_show(const struct settings *settings, bool reveals_number);

void settings_free(struct settings *settings);

#endif

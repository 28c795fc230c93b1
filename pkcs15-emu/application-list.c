/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "application-list.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/operations/file-tree.h"
#include "card-driver/operations/files.h"
#include "card-driver/session/application.h"

bool
application_list_has(const sc_card_t *card, const struct application *app)
{
	int i;

	for (i = 0; i < card->app_count; i++)
		if (card->app[i]->aid.len == app->aid_len && memcmp(card->app[i]->aid.value, app->aid, app->aid_len) == 0)
			return true;
	return card->app_count <= 0;
}

void
application_list_drop_absent(sc_card_t *card, const struct session *session)
{
	int i, kept = 0;

	for (i = 0; i < card->app_count; i++) {
		sc_app_info_t *info = card->app[i];
		const struct application *app = application_by_aid(info->aid.value, info->aid.len);

		if (app == NULL || app->id == APP_JPKI || application_is_present(session, app->id)) {
			card->app[kept++] = info;
			continue;
		}
		free(info->label);
		free(info->ddo.value);
		free(info);
	}
	if (card->app_count > 0)
		card->app_count = kept;
}

/* Returns true if opensc.conf disables an application by `application AID { disable }`, as OpenSC understands it. */
static bool
is_disabled(sc_context_t *ctx, const struct application *app)
{
	scconf_block *conf = sc_get_conf_block(ctx, "framework", "pkcs15", 1), **blocks;
	char name[2 * AID_MAX + 1];
	bool disabled;

	if (conf == NULL || sc_bin_to_hex(app->aid, app->aid_len, name, sizeof(name), 0) < 0)
		return false;
	blocks = scconf_find_blocks(ctx->conf, conf, "application", name);
	disabled = blocks != NULL && blocks[0] != NULL && scconf_get_str(blocks[0], "disable", NULL) != NULL;
	free(blocks);
	return disabled;
}

/* Adds an application to OpenSC's list, as sc_enum_apps() does for an entry of EF.DIR. */
static int
add_application(sc_card_t *card, const struct application *app)
{
	sc_app_info_t *info = calloc(1, sizeof(*info));

	if (info == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	info->label = strdup(app->label);
	if (info->label == NULL) {
		free(info);
		return SC_ERROR_OUT_OF_MEMORY;
	}
	memcpy(info->aid.value, app->aid, app->aid_len);
	info->aid.len = app->aid_len;
	sc_path_set(&info->path, SC_PATH_TYPE_DF_NAME, app->aid, app->aid_len, 0, 0);
	info->rec_nr = -1;
	card->app[card->app_count++] = info;
	return SC_SUCCESS;
}

int
application_list_find_optional(sc_card_t *card, struct session *session, const struct application *only)
{
	size_t i;
	int r = files_find_optional(session, only);

	for (i = 0; i < APP_COUNT && r == SC_SUCCESS; i++) {
		const struct application *app = &applications[i];

		if (!app->optional || !tree_lists_application(session, app) || card->app_count <= 0 || card->app_count >= SC_MAX_CARD_APPS ||
				application_list_has(card, app) || is_disabled(card->ctx, app))
			continue;
		r = add_application(card, app);
	}
	return r;
}

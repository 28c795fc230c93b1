/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "emulator.h"

#include <stdlib.h>
#include <string.h>

#include "card-driver/base/log-error.h"
#include "card-driver/operations/driver.h"
#include "card-driver/operations/file-tree.h"
#include "card-driver/session/application.h"
#include "card-driver/content/identity.h"
#include "application-list.h"
#include "cache.h"
#include "object.h"
#include "objects.h"

#define WHOLE_CARD_LABEL "My Number Card"
#define WHOLE_CARD_PATH	 "3F00"
#define DATA_OBJECTS_MAX 32 /* pkcs15-tool.c */
#define MANUFACTURER	 "J-LIS"

/* The classes of objects and the functions that list them. */
static const struct {
	unsigned df;
	int (*add)(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app);
} classes[] = {
		{SC_PKCS15_AODF, objects_add_pins},
		{SC_PKCS15_PRKDF, objects_add_private_keys},
		{SC_PKCS15_PUKDF, objects_add_public_keys},
		{SC_PKCS15_CDF, objects_add_certificates},
		{SC_PKCS15_DODF, objects_add_data},
};

/* Adds the objects of one class and application. An application that the card does not have adds nothing and is not an
 * error, so that the others stay visible. */
static int
add_objects_of_class(struct sc_pkcs15_card *p15card, struct session *session, unsigned df, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].df == df)
			r = classes[i].add(p15card, session, app);
	return r == SC_ERROR_FILE_NOT_FOUND ? SC_SUCCESS : r;
}

static bool
is_whole_card_bound(const struct sc_pkcs15_card *p15card)
{
	return p15card->file_app->path.type != SC_PATH_TYPE_DF_NAME;
}

/* Returns true if OpenSC is bound to this application or to the whole card. */
static bool
is_application_bound(const struct sc_pkcs15_card *p15card, enum app_id app)
{
	const sc_path_t *path = &p15card->file_app->path;

	return is_whole_card_bound(p15card) || application_by_aid(path->value, path->len) == &applications[app];
}

/* Returns the last object of the list, or NULL if the list is empty. */
static struct sc_pkcs15_object *
last_object(const struct sc_pkcs15_card *p15card)
{
	struct sc_pkcs15_object *object = p15card->obj_list;

	while (object != NULL && object->next != NULL)
		object = object->next;
	return object;
}

/* Removes the objects that were listed after LAST. */
static void
remove_objects_after(struct sc_pkcs15_card *p15card, struct sc_pkcs15_object *last)
{
	struct sc_pkcs15_object *object;

	while ((object = last == NULL ? p15card->obj_list : last->next) != NULL) {
		sc_pkcs15_remove_object(p15card, object);
		sc_pkcs15_free_object(object);
	}
}

static bool
is_application_listed(const struct sc_pkcs15_card *p15card, const struct session *session, const struct application *app)
{
	return is_application_bound(p15card, app->id) && tree_lists_application(session, app) && application_list_has(p15card->card, app);
}

/* pkcs15-tool knows no data object beyond the 32nd. If the whole card has more, the data objects of all applications are
 * listed at once, those first that are more likely to be wanted. */
static bool
has_too_many_data_objects(const struct sc_pkcs15_card *p15card, struct session *session)
{
	size_t i, count = 0;

	for (i = 0; i < APP_COUNT; i++)
		if (is_application_listed(p15card, session, &applications[i]))
			count += objects_count_data(session, &applications[i]);
	return count > DATA_OBJECTS_MAX;
}

/* Returns the part of an application's data objects that is listed in a round, or -1 for none. First come all those of an
 * application with a verified PIN, then the decoded values of the others, then files. */
static int
data_part_of_round(const struct session *session, enum app_id app, unsigned round)
{
	bool verified = session_has_verified_pin(session, app);

	if (round == 0)
		return verified ? DATA_ALL : -1;
	if (verified)
		return -1;
	return round == 1 ? DATA_DECODED : DATA_RAW;
}

/* The optional applications, which are the last ones of the table, come first: pkcs15-tool finds the others' objects by
 * --aid, too. */
static int
add_data_round(struct sc_pkcs15_card *p15card, struct session *session, unsigned round)
{
	size_t i;
	int r = SC_SUCCESS, part;

	for (i = APP_COUNT; i-- > 0 && r == SC_SUCCESS;) {
		part = data_part_of_round(session, (enum app_id)i, round);
		if (part >= 0 && is_application_listed(p15card, session, &applications[i]))
			r = objects_add_data_part(p15card, session, &applications[i], (enum data_part)part);
	}
	return r;
}

static int
add_all_data(struct sc_pkcs15_card *p15card, struct session *session)
{
	struct sc_pkcs15_object *last = last_object(p15card);
	struct sc_pkcs15_df *df;
	unsigned round;
	int r = SC_SUCCESS;

	for (round = 0; round < 3 && r == SC_SUCCESS; round++)
		r = add_data_round(p15card, session, round);
	if (r < 0)
		remove_objects_after(p15card, last);
	for (df = p15card->df_list; df != NULL; df = df->next)
		if (df->type == SC_PKCS15_DODF)
			df->enumerated = r == SC_SUCCESS;
	return log_error(p15card->card->ctx, r, "data objects");
}

static const struct application *
application_of(const struct sc_pkcs15_df *df)
{
	return application_by_aid(df->path.value, df->path.len);
}

/* Lists all objects of a DF. After an error none of them stays listed, so that the next request starts again. */
static int
add_objects(struct sc_pkcs15_card *p15card, struct session *session, struct sc_pkcs15_df *df)
{
	const struct application *app = application_of(df);
	struct sc_pkcs15_object *last = last_object(p15card);
	int r = SC_SUCCESS;

	if (df->enumerated)
		return SC_SUCCESS;
	if (df->type == SC_PKCS15_DODF && has_too_many_data_objects(p15card, session))
		return add_all_data(p15card, session);
	if (is_application_listed(p15card, session, app))
		r = add_objects_of_class(p15card, session, df->type, app);
	if (r < 0)
		remove_objects_after(p15card, last);
	df->enumerated = r == SC_SUCCESS;
	return log_error(p15card->card->ctx, r, app->label);
}

/* Returns true if a DF should be listed in the same transaction as ASKED. Every transaction has to confirm its
 * application, so the DFs that a PKCS#11 module will request next, which is all of them, are listed together. Tools request
 * only what they need. Before objects of another application than JPKI its PINs are listed, which shows whether the card
 * has that application; data objects may be listed for all applications at once, and only JPKI has certificates. */
static bool
is_df_due(const struct session *session, const struct sc_pkcs15_df *df, const struct sc_pkcs15_df *asked)
{
	const struct application *app = application_of(df);

	if (df == asked || session_in_pkcs11(session))
		return true;
	if (df->type != SC_PKCS15_AODF || app->id == APP_JPKI || asked->type == SC_PKCS15_CDF)
		return false;
	return asked->type == SC_PKCS15_DODF || app == application_of(asked);
}

static bool
needs_certificates(const struct sc_pkcs15_df *df)
{
	return df->type == SC_PKCS15_PRKDF || df->type == SC_PKCS15_PUKDF || df->type == SC_PKCS15_CDF;
}

/* Lists the requested DF and those that will be requested next. If one of the latter fails, it is tried again when it is
 * requested, and its error is returned then. */
static int
parse_df(struct sc_pkcs15_card *p15card, struct sc_pkcs15_df *asked)
{
	struct session *session = driver_session(p15card->card);
	struct sc_pkcs15_df *df;
	int r_df, r = session_begin(session);

	if (r < 0)
		return r;
	/* The other optional applications have data objects only. A failed search hides no object of the others, because OpenSC would skip the
	 * class without a word. */
	if (asked->type == SC_PKCS15_DODF && is_whole_card_bound(p15card))
		(void)application_list_find_optional(p15card->card, session, NULL);
	for (df = p15card->df_list; df != NULL; df = df->next) {
		if (!is_df_due(session, df, asked))
			continue;
		if (is_application_bound(p15card, APP_JPKI) && needs_certificates(df))
			cache_use(p15card, session);
		r_df = add_objects(p15card, session, df);
		if (df == asked)
			r = r_df;
	}
	session_end(session);
	return r;
}

static int
set_token_text(char **field, const char *text)
{
	free(*field);
	*field = strdup(text);
	return *field == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

static int
set_token_info(struct sc_pkcs15_tokeninfo *info, const char *label, const struct session *session)
{
	int r = set_token_text(&info->label, label);

	if (r == SC_SUCCESS)
		r = set_token_text(&info->manufacturer_id, MANUFACTURER);
	if (r == SC_SUCCESS)
		r = set_token_text(&info->serial_number, identity_of(session)->serial);
	info->flags = SC_PKCS15_TOKEN_READONLY | SC_PKCS15_TOKEN_PRN_GENERATION;
	return r;
}

/* Sets the path by which PKCS#11 finds the application of a token. It must be equal to the path in EF.DIR. */
static int
set_file_app(struct sc_pkcs15_card *p15card, const struct application *app)
{
	sc_file_t *file = sc_file_new();

	if (file == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (app == NULL)
		sc_format_path(WHOLE_CARD_PATH, &file->path);
	else
		sc_path_set(&file->path, SC_PATH_TYPE_DF_NAME, app->aid, app->aid_len, 0, -1);
	sc_file_free(p15card->file_app);
	p15card->file_app = file;
	return SC_SUCCESS;
}

/* Adds a DF for each application, so that each class of each application is listed, or fails, separately. The path of
 * the DF is the application's AID. */
static int
add_class_dfs(struct sc_pkcs15_card *p15card, unsigned df)
{
	sc_path_t path;
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < APP_COUNT && r == SC_SUCCESS; i++) {
		if (!is_application_bound(p15card, (enum app_id)i) || !applications[i].in_ef_dir)
			continue;
		sc_path_set(&path, SC_PATH_TYPE_DF_NAME, applications[i].aid, applications[i].aid_len, 0, -1);
		r = sc_pkcs15_add_df(p15card, df, &path);
	}
	return r;
}

static void
keep_copies(struct sc_pkcs15_card *p15card)
{
	struct session *session = driver_session(p15card->card);

	if (session != NULL)
		cache_keep(p15card, session);
}

static int
add_dfs(struct sc_pkcs15_card *p15card)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]) && r == SC_SUCCESS; i++)
		r = add_class_dfs(p15card, classes[i].df);
	p15card->ops.parse_df = parse_df;
	p15card->ops.clear = keep_copies;
	return r;
}

/* Selects an application other than JPKI, which is necessary to know whether the card has it, and lists its PINs in the
 * same transaction, because every program requests them next. */
static int
list_pins_of_application(struct sc_pkcs15_card *p15card, struct session *session, enum app_id app)
{
	struct sc_pkcs15_df *df;
	int r = application_ensure(session, app);

	for (df = p15card->df_list; df != NULL && r == SC_SUCCESS; df = df->next)
		if (df->type == SC_PKCS15_AODF)
			r = add_objects(p15card, session, df);
	return r;
}

/* An optional application with a PIN is looked for when OpenSC binds the card, because every program lists the PINs next. A
 * program that binds another application alone sees none. */
static int
find_optional_with_pin(sc_card_t *card, struct session *session, const struct application *bound)
{
	if (bound == NULL)
		return application_list_find_optional(card, session, &applications[APP_LICENCE]);
	return bound->optional ? application_list_find_optional(card, session, bound) : SC_SUCCESS;
}

static int
bind_application(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	int r = identity_load(session);

	/* The list of applications is only changed when the whole card or JPKI is bound. OpenSC binds JPKI first; later
	 * it has already processed a part of the list and holds a pointer to an entry. */
	if (app == NULL || app->id == APP_JPKI)
		application_list_drop_absent(p15card->card, session);
	if (r == SC_SUCCESS)
		r = find_optional_with_pin(p15card->card, session, app);
	/* When the whole card is bound, the presence of the signature certificate is determined now. Listing JPKI's
	 * objects needs it later, when another application may be in use. */
	if (r == SC_SUCCESS && app == NULL)
		(void)object_wanted(session, IF_SIGN);
	/* The identity is loaded again, because a reset makes the session forget it. */
	if (r == SC_SUCCESS)
		r = identity_load(session);
	if (r == SC_SUCCESS)
		r = set_token_info(p15card->tokeninfo, app == NULL ? WHOLE_CARD_LABEL : app->label, session);
	if (r == SC_SUCCESS)
		r = set_file_app(p15card, app);
	if (r == SC_SUCCESS)
		r = add_dfs(p15card);
	if (r == SC_SUCCESS && app != NULL && app->id != APP_JPKI)
		r = list_pins_of_application(p15card, session, app->id);
	return r;
}

int
emulator_bind(struct sc_pkcs15_card *p15card, const struct sc_aid *aid)
{
	struct session *session = driver_session(p15card->card);
	const struct application *app = NULL;
	int r;

	if (session == NULL)
		return SC_ERROR_WRONG_CARD;
	if (aid != NULL) {
		app = application_by_aid(aid->value, aid->len);
		if (app == NULL || !app->in_ef_dir)
			return SC_ERROR_WRONG_CARD;
	}
	r = session_begin(session);
	if (r < 0)
		return r;
	r = bind_application(p15card, session, app);
	session_end(session);
	return log_error(p15card->card->ctx, r, app == NULL ? WHOLE_CARD_LABEL : app->label);
}

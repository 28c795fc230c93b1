/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "file-tree.h"

#include <string.h>

#include "card-driver/card/field-map.h"
#include "card-driver/session/application.h"

#define ID_MASTER_FILE 0x3F00
#define ID_EF_DIR      0x2F00
#define ID_BYTES       2

/* ISO 7816-4, 8.2.1.1 */
#define TAG_APPLICATION_TEMPLATE 0x61
#define TAG_AID			 0x4F
#define TAG_LABEL		 0x50

static uint16_t
id_at(const uint8_t *bytes)
{
	return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

/* OpenSC's PKCS#11 module takes at most four applications of a card (SC_PKCS11_FRAMEWORK_DATA_MAX_NUM). */
#define PKCS11_APPLICATIONS_MAX 4

static unsigned
count_bits(unsigned bits)
{
	unsigned count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

/* Returns the applications that the configuration shows to PKCS#11 modules and that the card has, one bit each. */
static unsigned
applications_asked_for(const struct session *session)
{
	unsigned i, bits = 0;

	for (i = 0; i < APP_COUNT; i++)
		if (applications[i].in_ef_dir && application_is_found(session, (enum app_id)i))
			bits |= 1u << i;
	return bits & session->settings.pkcs11_applications;
}

unsigned
tree_left_out(const struct session *session)
{
	static const enum app_id least_useful[] = {APP_JUKI, APP_RESIDENCE}; /* a PIN without data, and two free values */
	unsigned bits = session_in_pkcs11(session) ? applications_asked_for(session) : 0, left_out = 0;
	size_t i;

	for (i = 0; i < sizeof(least_useful) / sizeof(least_useful[0]) && count_bits(bits & ~left_out) > PKCS11_APPLICATIONS_MAX; i++)
		left_out |= bits & 1u << least_useful[i];
	return left_out;
}

/* A PKCS#11 module makes tokens of every application in EF.DIR, and browsers ask for the PIN of each token. Therefore
 * the configuration selects the applications. Phones have JPKI only. */
bool
tree_lists_application(const struct session *session, const struct application *app)
{
	if (!app->in_ef_dir || !application_is_found(session, app->id))
		return false;
	return tree_wants_application(session, app) && !(tree_left_out(session) & 1u << app->id);
}

bool
tree_wants_application(const struct session *session, const struct application *app)
{
	return !session_in_pkcs11(session) || (session->settings.pkcs11_applications & 1u << app->id);
}

static int
step_down(const struct session *session, struct tree_node *node, uint16_t id)
{
	if (node->file != NULL || node->field != NULL || node->ef_dir)
		return SC_ERROR_FILE_NOT_FOUND;
	if (node->app == NULL && id == ID_EF_DIR) {
		node->ef_dir = true;
		return SC_SUCCESS;
	}
	if (node->app == NULL) {
		node->app = application_by_df(id);
		return node->app == NULL ? SC_ERROR_FILE_NOT_FOUND : SC_SUCCESS;
	}
	node->field = card_field_find(node->app->id, id);
	if (node->field != NULL)
		return settings_show(&session->settings, node->field->holds_number) ? SC_SUCCESS : SC_ERROR_FILE_NOT_FOUND;
	node->file = card_file_find(node->app->id, id);
	if (node->file == NULL || !settings_show(&session->settings, node->file->reveals_number))
		return SC_ERROR_FILE_NOT_FOUND;
	return SC_SUCCESS;
}

int
tree_resolve(const struct session *session, const struct application *current, const sc_path_t *path, struct tree_node *node)
{
	const uint8_t *id = path->value, *end = path->value + path->len;
	bool by_name = path->type == SC_PATH_TYPE_DF_NAME;
	int r = SC_SUCCESS;

	*node = (struct tree_node){.app = current};
	if (by_name || path->aid.len > 0) {
		node->app = by_name ? application_by_aid(path->value, path->len) : application_by_aid(path->aid.value, path->aid.len);
		if (node->app == NULL)
			return SC_ERROR_FILE_NOT_FOUND;
		if (by_name)
			return SC_SUCCESS;
	}
	if (path->len % ID_BYTES != 0)
		return SC_ERROR_INVALID_ARGUMENTS;
	if (path->len >= ID_BYTES && id_at(id) == ID_MASTER_FILE) {
		node->app = NULL;
		id += ID_BYTES;
	} else if (path->type == SC_PATH_TYPE_PATH && path->aid.len == 0) {
		node->app = NULL;
	}
	for (; r == SC_SUCCESS && id < end; id += ID_BYTES)
		r = step_down(session, node, id_at(id));
	return r;
}

static void
add_acl(sc_file_t *file, unsigned operation, unsigned openers)
{
	unsigned pin;

	if (openers == FREE)
		sc_file_add_acl_entry(file, operation, SC_AC_NONE, SC_AC_KEY_REF_NONE);
	for (pin = PIN_AUTH; pin < PIN_COUNT; pin++)
		if (openers & PIN_BIT(pin))
			sc_file_add_acl_entry(file, operation, SC_AC_CHV, pin);
	if (openers & NEVER)
		sc_file_add_acl_entry(file, operation, SC_AC_NEVER, SC_AC_KEY_REF_NONE);
}

static void
describe_df(sc_file_t *file, const struct application *app)
{
	file->type = SC_FILE_TYPE_DF;
	file->id = app == NULL ? ID_MASTER_FILE : app->df;
	if (app != NULL) {
		file->namelen = strnlen(app->label, sizeof(file->name));
		memcpy(file->name, app->label, file->namelen);
	}
	add_acl(file, SC_AC_OP_SELECT, FREE);
	add_acl(file, SC_AC_OP_LIST_FILES, FREE);
	add_acl(file, SC_AC_OP_CREATE, NEVER);
	add_acl(file, SC_AC_OP_DELETE, NEVER);
	add_acl(file, SC_AC_OP_LOCK, NEVER);
}

static void
describe_ef(const struct session *session, sc_file_t *file, const struct card_file *ef)
{
	static const struct {
		unsigned type, structure;
	} kinds[] = {
			[FILE_TRANSPARENT] = {SC_FILE_TYPE_WORKING_EF, SC_FILE_EF_TRANSPARENT},
			[FILE_LICENCE_RECORD] = {SC_FILE_TYPE_WORKING_EF, SC_FILE_EF_TRANSPARENT},
			[FILE_RECORDS] = {SC_FILE_TYPE_WORKING_EF, SC_FILE_EF_LINEAR_VARIABLE_TLV},
			[FILE_INTERNAL] = {SC_FILE_TYPE_INTERNAL_EF, SC_FILE_EF_UNKNOWN},
	};
	enum file_kind kind = ef == NULL ? FILE_TRANSPARENT : ef->kind;

	file->type = kinds[kind].type;
	file->ef_structure = kinds[kind].structure;
	file->id = ef == NULL ? 0 : ef->id;
	file->record_count = kind == FILE_RECORDS;
	if (ef != NULL) {
		file->namelen = strnlen(ef->name, sizeof(file->name));
		memcpy(file->name, ef->name, file->namelen);
	}
	add_acl(file, SC_AC_OP_READ, ef == NULL ? FREE : session_openers(session, ef));
	add_acl(file, SC_AC_OP_UPDATE, NEVER);
	add_acl(file, SC_AC_OP_WRITE, NEVER);
	add_acl(file, SC_AC_OP_ERASE, NEVER);
}

sc_file_t *
tree_describe(const struct session *session, const struct tree_node *node, size_t size)
{
	sc_file_t *file = sc_file_new();

	if (file == NULL)
		return NULL;
	file->status = SC_FILE_STATUS_ACTIVATED;
	file->size = size;
	if (node->ef_dir || node->file != NULL || node->field != NULL)
		describe_ef(session, file, node->file);
	else
		describe_df(file, node->app);
	return file;
}

static uint8_t *
put_tlv(uint8_t *out, uint8_t tag, const void *value, size_t len)
{
	*out++ = tag;
	*out++ = (uint8_t)len;
	memcpy(out, value, len);
	return out + len;
}

size_t
tree_ef_dir(const struct session *session, uint8_t buf[EF_DIR_MAX])
{
	uint8_t *out = buf, record[2 * (2 + AID_MAX + 2)], *end;
	size_t i;

	for (i = 0; i < APP_COUNT; i++) {
		const struct application *app = &applications[i];

		if (!tree_lists_application(session, app))
			continue;
		end = put_tlv(record, TAG_AID, app->aid, app->aid_len);
		end = put_tlv(end, TAG_LABEL, app->label, strlen(app->label));
		out = put_tlv(out, TAG_APPLICATION_TEMPLATE, record, (size_t)(end - record));
	}
	return (size_t)(out - buf);
}

static size_t
put_id(uint8_t *buf, size_t used, size_t len, uint16_t id)
{
	if (len - used < ID_BYTES)
		return used;
	buf[used] = (uint8_t)(id >> 8);
	buf[used + 1] = (uint8_t)id;
	return used + ID_BYTES;
}

size_t
tree_list(const struct session *session, const struct tree_node *node, uint8_t *buf, size_t len)
{
	size_t used = 0, i;

	if (node->app == NULL) {
		used = put_id(buf, used, len, ID_EF_DIR);
		for (i = 0; i < APP_COUNT; i++)
			if (application_is_found(session, (enum app_id)i))
				used = put_id(buf, used, len, applications[i].df);
		return used;
	}
	for (i = 0; i < card_files_count; i++)
		if (card_files[i].app == node->app->id && settings_show(&session->settings, card_files[i].reveals_number))
			used = put_id(buf, used, len, card_files[i].id);
	return used;
}

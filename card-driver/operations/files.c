/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "files.h"

#include "card-driver/base/log-level.h"
#include "card-driver/base/tell.h"
#include "card-driver/content/fields.h"
#include "card-driver/content/optional.h"
#include "card-driver/session/application.h"
#include "card-driver/session/exchange.h"
#include "card-driver/session/load.h"
#include "file-tree.h"

int
files_check_presence(struct session *session, enum app_id app, const struct card_file *file)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = application_ensure(session, app);
	if (r == SC_SUCCESS && file != NULL)
		r = apdu_select_ef(session, file->id);
	session_end(session);
	return r;
}

static void
tell_left_out(const struct session *session)
{
	unsigned i, left_out = tree_left_out(session);

	for (i = 0; i < APP_COUNT; i++)
		if (left_out & 1u << i)
			tell_user(session->card->ctx, "pkcs11_applications: OpenSC shows at most four applications of a card, so %s is left out. Name only those that you need",
					applications[i].label);
}

int
files_find_optional(struct session *session, const struct application *only)
{
	size_t i;
	int r = SC_SUCCESS;

	/* The last one first: the free files of Residence are read before anything else. */
	for (i = APP_COUNT; i-- > 0 && r == SC_SUCCESS;)
		if (applications[i].optional && (only == NULL || only == &applications[i]) && tree_wants_application(session, &applications[i]))
			r = optional_find(session, (enum app_id)i);
	return r;
}

/* A PKCS#11 module makes its tokens from EF.DIR, so the optional applications that the configuration shows to it are looked
 * for before it reads the file. For the default configuration this needs no exchange. Other programs learn of them when
 * they bind to the card. */
static int
prepare_ef_dir(struct session *session)
{
	int r = session_in_pkcs11(session) ? files_find_optional(session, NULL) : SC_SUCCESS;

	if (r == SC_SUCCESS && !session->place.limit_told)
		tell_left_out(session);
	session->place.limit_told = true;
	return r;
}

/* Determines the size of a file and whether the card has it. If the path contains an AID, it comes from a PKCS#15 object
 * that OpenSC is about to read. In that case a missing PIN is reported here, because OpenSC 0.23 turns every error of
 * READ BINARY into "offset too large". */
static int
select_card_file(struct session *session, const struct card_file *file, bool will_read, size_t *size)
{
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, file, 1, &loaded);

	if (r == SC_SUCCESS)
		return load_size(session, file, size);
	if ((r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || r == SC_ERROR_NOT_ALLOWED) && !will_read)
		r = files_check_presence(session, file->app, file);
	return r;
}

static void
tell_refused(struct session *session, const struct card_pin *pin)
{
	if (!session->place.refusal_told)
		tell_user(session->card->ctx, "%s is not set, but the card does not give its data without it. To read them, verify this PIN and enter %s as its value",
				pin->label, pin->unset_value);
	session->place.refusal_told = true;
}

/* Returns the error for a PKCS#15 object that could not be selected. An object whose PIN is not set has no PIN in its
 * description, so pkcs15-tool reads it when it lists it. If the card refuses it all the same (docs/card.md 11.10),
 * SC_ERROR_FILE_NOT_FOUND is the only error at which pkcs15-tool goes on to the next object. A PKCS#11 program gets the
 * error itself, because it can ask for a login. */
static int
select_error(struct session *session, const struct application *app, int r)
{
	const struct card_pin *pin = card_pin_find(PIN_LICENCE);

	if (r != SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || app != &applications[pin->app] || session_pin_is_set(session, pin->id) || session_in_pkcs11(session))
		return r;
	tell_refused(session, pin);
	return SC_ERROR_FILE_NOT_FOUND;
}

int
files_select(struct session *session, const sc_path_t *path, sc_file_t **file_out)
{
	uint8_t ef_dir[EF_DIR_MAX];
	struct tree_node node;
	size_t size = 0;
	int r = tree_resolve(session, session->place.node.app, path, &node);

	if (r < 0)
		return r;
	secret_clear(&session->place.value);
	if (file_out != NULL && node.file != NULL)
		r = select_card_file(session, node.file, path->aid.len > 0, &size);
	else if (file_out != NULL && node.field != NULL)
		r = field_read(session, node.field, &session->place.value);
	else if (file_out != NULL && node.app != NULL)
		r = files_check_presence(session, node.app->id, NULL);
	else if (node.ef_dir)
		r = prepare_ef_dir(session);
	if (r < 0)
		return path->aid.len > 0 ? select_error(session, node.app, r) : r;
	if (node.ef_dir)
		size = tree_ef_dir(session, ef_dir);
	else if (node.field != NULL)
		size = session->place.value.len;
	session->place.node = node;
	session->place.object_selected |= path->aid.len > 0;
	if (file_out == NULL)
		return SC_SUCCESS;
	*file_out = tree_describe(session, &node, size);
	return *file_out == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

bool
files_object_selected(const struct session *session)
{
	return session->place.object_selected;
}

/* Copies up to COUNT of the LEN bytes, from OFFSET on. Returns the number of bytes, which is 0 beyond the end. */
/*@ requires len <= INT_MAX && \valid_read(data + (0 .. len - 1)) && \valid(buf + (0 .. count - 1));
  @ requires \separated(buf + (0 .. count - 1), data + (0 .. len - 1));
  @ assigns buf[0 .. count - 1];
  @ ensures \result == \min(count, \max(0, len - offset));
  @ ensures \forall integer i; 0 <= i < \result ==> buf[i] == data[offset + i]; */
static int
copy_out(uint8_t *buf, size_t count, const uint8_t *data, size_t len, size_t offset)
{
	size_t part = offset >= len ? 0 : len - offset, i;

	if (part > count)
		part = count;
	/*@ loop invariant i <= part && \forall integer k; 0 <= k < i ==> buf[k] == data[offset + k];
	  @ loop assigns i, buf[0 .. part - 1];
	  @ loop variant part - i; */
	for (i = 0; i < part; i++)
		buf[i] = data[offset + i];
	return (int)part;
}

static int
read_value(struct session *session, size_t offset, uint8_t *buf, size_t count)
{
	int r = SC_SUCCESS;

	if (session->place.value.data == NULL)
		r = field_read(session, session->place.node.field, &session->place.value);
	return r < 0 ? r : copy_out(buf, count, session->place.value.data, session->place.value.len, offset);
}

static int
read_at(struct session *session, size_t offset, uint8_t *buf, size_t count)
{
	const struct loaded_file *loaded = NULL;
	uint8_t ef_dir[EF_DIR_MAX];
	size_t ef_dir_len;
	int r;

	if (session->place.node.ef_dir) {
		ef_dir_len = tree_ef_dir(session, ef_dir);
		return copy_out(buf, count, ef_dir, ef_dir_len, offset);
	}
	if (session->place.node.field != NULL)
		return read_value(session, offset, buf, count);
	if (session->place.node.file == NULL)
		return SC_ERROR_NOT_ALLOWED;
	/* The whole file is read before the first byte is returned, because OpenSC 0.26 and later treats the bytes
	 * before an error as the whole file and stores them in its cache. */
	r = load_file(session, session->place.node.file, FILE_WHOLE, &loaded);
	return r < 0 ? r : copy_out(buf, count, loaded->content.data, loaded->content.len, offset);
}

/* Returns true if a PIN protects the content at the current position. JPKI's decoded values and its report are free. */
static bool
is_private(const struct session *session)
{
	if (session->place.node.file != NULL)
		return session_openers(session, session->place.node.file) != FREE;
	return session->place.node.field != NULL && session->place.node.app->id != APP_JPKI;
}

/* SC_ERROR_FILE_END_REACHED is replaced here, because OpenSC would treat it as the end of the file and accept the bytes
 * that it has read so far. In this function the error is the card's answer to some other command. */
int
files_read_binary(struct session *session, size_t offset, uint8_t *buf, size_t count)
{
	int r = read_at(session, offset, buf, count);

	if (r > 0 && is_private(session))
		log_level_lower(session->card->ctx);
	return r == SC_ERROR_FILE_END_REACHED ? SC_ERROR_UNKNOWN_DATA_RECEIVED : r;
}

int
files_read_record(struct session *session, unsigned record, size_t offset, uint8_t *buf, size_t count)
{
	uint8_t whole[SHORT_ANSWER_MAX];
	int r;

	if (session->place.node.file == NULL || session->place.node.file->kind != FILE_RECORDS)
		return SC_ERROR_NOT_ALLOWED;
	r = session_begin(session);
	if (r < 0)
		return r;
	r = load_card_record(session, session->place.node.file, record, whole, sizeof(whole));
	session_end(session);
	return r < 0 ? r : copy_out(buf, count, whole, (size_t)r, offset);
}

int
files_list(struct session *session, uint8_t *buf, size_t len)
{
	if (session->place.node.file != NULL || session->place.node.field != NULL || session->place.node.ef_dir)
		return SC_ERROR_NOT_ALLOWED;
	if (session->place.node.app == NULL) {
		int r = files_find_optional(session, NULL);

		if (r < 0)
			return r;
	}
	return (int)tree_list(session, &session->place.node, buf, len);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "files.h"

#include <stdlib.h>
#include <string.h>

#include "file-tree.h"
#include "card-driver/base/log-level.h"
#include "card-driver/card/tlv.h"

/* READ BINARY reaches offsets of 15 bits. A card or reader may give less than it is asked for, but not without end. */
#define FILE_MAX   (0x7FFF + SHORT_ANSWER_MAX)
#define CHUNKS_MAX (2 * FILE_MAX / SHORT_ANSWER_MAX)

/* Bytes of the file that carry content: fixed, or what its BER object says; padding may follow. FILE_MAX: not known. */
static size_t
content_size(const struct loaded_file *loaded)
{
	struct tlv object;

	if (loaded->file->size != 0)
		return loaded->file->size;
	if (ber_header(loaded->data, loaded->have, &object) < 0)
		return FILE_MAX;
	return object.header + object.len;
}

static int
append(struct loaded_file *loaded, const uint8_t *chunk, size_t len)
{
	uint8_t *grown = malloc(loaded->have + len);

	if (grown == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (loaded->data != NULL) {
		memcpy(grown, loaded->data, loaded->have);
		sc_mem_clear(loaded->data, loaded->have);
		free(loaded->data);
	}
	memcpy(grown + loaded->have, chunk, len);
	loaded->data = grown;
	loaded->have += len;
	return SC_SUCCESS;
}

/* What follows the content may be the end of a longer one that was there before. */
static void
cut_padding(struct loaded_file *loaded, size_t size)
{
	sc_mem_clear(loaded->data + size, loaded->have - size);
	loaded->have = size;
	loaded->whole = true;
}

/* The card says that there is no more: true of files that are empty, or shorter than those that are known. An object of which
 * the end is missing is half a file, which nobody may be given, or OpenSC's cache keep, for the whole. */
static int
end_here(struct loaded_file *loaded)
{
	if (loaded->file->size == 0 && content_size(loaded) < FILE_MAX)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	loaded->whole = true;
	return SC_SUCCESS;
}

/* Up to what length the next READ may go. Until the size is known it is a short one: which longer lengths a card takes at
 * the end of a file, nobody has tried. */
static size_t
next_length(const struct session *session, const struct loaded_file *loaded)
{
	size_t size = content_size(loaded);
	size_t max = size == FILE_MAX ? session_first_read(session) : session_answer_max(session);

	return size - loaded->have < max ? size - loaded->have : max;
}

/* Reads the next chunk; the first also tells the size. A failed exchange may have freed LOADED. */
static int
load_chunk(struct session *session, struct loaded_file *loaded)
{
	size_t len = next_length(session, loaded);
	uint8_t *chunk = malloc(len);
	int r;

	if (chunk == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	r = session_read(session, loaded->file, loaded->have, chunk, len);
	if (r == 0)
		r = end_here(loaded);
	else if (r > 0)
		r = append(loaded, chunk, (size_t)r);
	if (r == SC_SUCCESS && content_size(loaded) > FILE_MAX)
		r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	if (r == SC_SUCCESS && loaded->have >= content_size(loaded))
		cut_padding(loaded, content_size(loaded));
	sc_mem_clear(chunk, len);
	free(chunk);
	return r;
}

static int
may_read(const struct session *session, const struct card_file *file)
{
	if (file->kind != FILE_TRANSPARENT)
		return SC_ERROR_NOT_ALLOWED;
	if (!session_opens(session, session_openers(session, file))) {
		sc_log(session->card->ctx, "%s: a PIN must be verified first", file->name);
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	}
	return SC_SUCCESS;
}

/* Loads until BYTES are there; the application is made sure of first, as that may lose what was loaded. */
static int
load_more(struct session *session, const struct card_file *file, size_t bytes)
{
	struct loaded_file *loaded;
	int chunks, r = session_begin(session);

	if (r < 0)
		return r;
	r = session_need_app(session, file->app);
	loaded = r < 0 ? NULL : session_loaded(session, file);
	if (r >= 0 && loaded == NULL)
		r = SC_ERROR_OUT_OF_MEMORY;
	for (chunks = 0; r >= 0 && !loaded->whole && loaded->have < bytes; chunks++)
		r = chunks < CHUNKS_MAX ? load_chunk(session, loaded) : SC_ERROR_UNKNOWN_DATA_RECEIVED;
	session_end(session);
	return r;
}

int
files_load(struct session *session, const struct card_file *file, size_t bytes, const struct loaded_file **out)
{
	struct loaded_file *loaded;
	int r = may_read(session, file);

	if (r < 0)
		return r;
	loaded = session_loaded(session, file);
	if (loaded != NULL && !loaded->whole && loaded->have < bytes) {
		r = load_more(session, file, bytes);
		loaded = session_loaded(session, file);
	}
	*out = loaded;
	return loaded == NULL ? SC_ERROR_OUT_OF_MEMORY : r;
}

void
files_provide(struct session *session, const struct card_file *file, const uint8_t *data, size_t len)
{
	struct loaded_file *loaded = session_loaded(session, file);

	/* what the card has said now must be the beginning of it */
	if (loaded == NULL || loaded->whole || len < loaded->have || (loaded->have > 0 && memcmp(loaded->data, data, loaded->have) != 0))
		return;
	if (append(loaded, data + loaded->have, len - loaded->have) == SC_SUCCESS)
		loaded->whole = true;
}

int
files_check_presence(struct session *session, enum app_id app, const struct card_file *file)
{
	int r = session_begin(session);

	if (r < 0)
		return r;
	r = session_need_app(session, app);
	if (r == SC_SUCCESS && file != NULL)
		r = session_select_ef(session, file->id);
	session_end(session);
	return r;
}

/* Size and presence of a file. A path with an AID comes from a PKCS#15 object that is about to be read: say at once if
 * it may not be, as OpenSC 0.23 turns every error of READ BINARY into "offset too large". */
static int
look_at(struct session *session, const struct card_file *file, bool will_read, size_t *size)
{
	const struct loaded_file *loaded = NULL;
	int r = files_load(session, file, 1, &loaded);

	if (r == SC_SUCCESS) {
		*size = content_size(loaded);
		if (*size == FILE_MAX && (r = files_load(session, file, FILE_WHOLE, &loaded)) == SC_SUCCESS)
			*size = loaded->have;
	} else if ((r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || r == SC_ERROR_NOT_ALLOWED) && !will_read) {
		r = files_check_presence(session, file->app, file);
	}
	return r;
}

int
files_select(struct session *session, const sc_path_t *path, sc_file_t **file_out)
{
	uint8_t ef_dir[EF_DIR_MAX];
	struct tree_node node;
	size_t size = 0;
	int r = tree_resolve(session, path, &node);

	if (r < 0)
		return r;
	field_value_clear(&session->value);
	if (file_out != NULL && node.file != NULL)
		r = look_at(session, node.file, path->aid.len > 0, &size);
	else if (file_out != NULL && node.field != NULL)
		r = field_read(session, node.field, &session->value);
	else if (file_out != NULL && node.app != NULL)
		r = files_check_presence(session, node.app->id, NULL);
	if (r < 0)
		return r;
	if (node.ef_dir)
		size = tree_ef_dir(session, ef_dir);
	else if (node.field != NULL)
		size = session->value.len;
	session->at = node;
	if (file_out == NULL)
		return SC_SUCCESS;
	*file_out = tree_describe(session, &node, size);
	return *file_out == NULL ? SC_ERROR_OUT_OF_MEMORY : SC_SUCCESS;
}

static int
copy_out(uint8_t *buf, size_t count, const uint8_t *data, size_t len, size_t offset)
{
	size_t part = offset >= len ? 0 : len - offset;

	if (part > count)
		part = count;
	if (part > 0)
		memcpy(buf, data + offset, part);
	return (int)part;
}

static int
read_value(struct session *session, size_t offset, uint8_t *buf, size_t count)
{
	int r = SC_SUCCESS;

	if (session->value.data == NULL)
		r = field_read(session, session->at.field, &session->value);
	return r < 0 ? r : copy_out(buf, count, session->value.data, session->value.len, offset);
}

static int
read_at(struct session *session, size_t offset, uint8_t *buf, size_t count)
{
	const struct loaded_file *loaded = NULL;
	uint8_t ef_dir[EF_DIR_MAX];
	int r;

	if (session->at.ef_dir)
		return copy_out(buf, count, ef_dir, tree_ef_dir(session, ef_dir), offset);
	if (session->at.field != NULL)
		return read_value(session, offset, buf, count);
	if (session->at.file == NULL)
		return SC_ERROR_NOT_ALLOWED;
	/* all of it before the first byte is given: OpenSC from 0.26 on takes what it got up to an error for the file, and keeps
	 * that in its cache */
	r = files_load(session, session->at.file, FILE_WHOLE, &loaded);
	return r < 0 ? r : copy_out(buf, count, loaded->data, loaded->have, offset);
}

/* Whether a PIN protects what is at the current position. JPKI's values and its report are free. */
static bool
is_private(const struct session *session)
{
	if (session->at.file != NULL)
		return session_openers(session, session->at.file) != FREE;
	return session->at.field != NULL && session->at.app->id != APP_JPKI;
}

/* The end of the file, to OpenSC, would be a success of what it has read up to there; here it is what some command on the way
 * was answered. */
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

	if (session->at.file == NULL || session->at.file->kind != FILE_RECORDS)
		return SC_ERROR_NOT_ALLOWED;
	r = session_begin(session);
	if (r < 0)
		return r;
	r = session_read_record(session, session->at.file, record, whole, sizeof(whole));
	session_end(session);
	return r < 0 ? r : copy_out(buf, count, whole, (size_t)r, offset);
}

int
files_list(struct session *session, uint8_t *buf, size_t len)
{
	if (session->at.file != NULL || session->at.field != NULL || session->at.ef_dir)
		return SC_ERROR_NOT_ALLOWED;
	return (int)tree_list(session, &session->at, buf, len);
}

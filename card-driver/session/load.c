/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "load.h"

#include <stdlib.h>
#include <string.h>

#include "application.h"
#include "card-driver/card/licence-record.h"
#include "card-driver/card/tlv.h"
#include "read.h"
#include "status.h"

/* READ BINARY has an offset of 15 bits. A card or reader may return fewer bytes than requested, but the number of READs
 * has to be limited. */
#define FILE_MAX   (0x7FFF + SHORT_ANSWER_MAX)
#define CHUNKS_MAX (2 * FILE_MAX / SHORT_ANSWER_MAX)

/* How many bytes of a file must be equal to those of a copy before the copy is proven. In a certificate they contain
 * issuer, serial number and dates. */
#define COPY_BEGINNING SHORT_ANSWER_MAX

/*@ predicate is_readable_entry(struct loaded_file *loaded) = \valid_read(loaded) && \valid_read(loaded->file) &&
  @	readable_record(loaded->content.data, loaded->content.len); */

/* Returns the number of bytes before the padding: the fixed size of the file, or the size that its objects state.
 * Returns FILE_MAX if the size is not known yet. */
/*@ requires is_readable_entry(loaded);
  @ assigns \nothing;
  @ ensures \result <= \max(loaded->file->size, \max(loaded->content.len, BER_HEADER_MAX + BER_LENGTH_MAX));
  @ ensures loaded->file->kind != FILE_LICENCE_RECORD && loaded->file->size != 0 ==> \result == loaded->file->size;
  @ ensures loaded->file->kind != FILE_LICENCE_RECORD && loaded->file->size == 0 ==> \result >= 2;
  @ ensures loaded->file->kind != FILE_LICENCE_RECORD && loaded->file->size == 0 && loaded->content.len < 2 ==> \result == FILE_MAX; */
static size_t
content_size(const struct loaded_file *loaded)
{
	struct tlv object;
	size_t size;

	if (loaded->file->kind == FILE_LICENCE_RECORD)
		return licence_record_size(loaded->content.data, loaded->content.len, loaded->file->size, &size) ? size : FILE_MAX;
	if (loaded->file->size != 0)
		return loaded->file->size;
	if (ber_header(loaded->content.data, loaded->content.len, &object) < 0)
		return FILE_MAX;
	return object.header + object.len;
}

/* Removes the padding, because it may contain the end of longer content that was stored there before. */
static void
cut_padding(struct loaded_file *loaded, size_t size)
{
	secret_cut(&loaded->content, size);
	loaded->whole = true;
}

/* The card reports the end of the file. That is correct for files that are empty or shorter than expected, and a
 * licence record is kept as far as the card gives it, because each of its values is checked. If the end of a BER object is
 * missing, the file is incomplete: it must not be returned to a caller or stored in OpenSC's cache. */
static int
end_of_file_reached(struct loaded_file *loaded)
{
	if (loaded->file->size == 0 && content_size(loaded) < FILE_MAX)
		return SC_ERROR_UNKNOWN_DATA_RECEIVED;
	loaded->whole = true;
	return SC_SUCCESS;
}

/* Returns the length of the next READ. Until the size of the content is known, the READ is a short one, because nobody
 * has tested which longer lengths a card accepts at the end of a file. */
/*@ requires is_readable_entry(loaded) && is_readable_session(session);
  @ assigns \nothing;
  @ ensures \result <= EXTENDED_ANSWER_MAX; */
static size_t
next_read_length(const struct session *session, const struct loaded_file *loaded)
{
	size_t size = content_size(loaded);
	size_t max = size == FILE_MAX ? read_first_length(session) : read_answer_max(session);

	return size > loaded->content.len && size - loaded->content.len < max ? size - loaded->content.len : max;
}

int
load_bytes(struct session *session, const struct card_file *file, size_t offset, uint8_t *buf, size_t len)
{
	int r = application_ensure_for_reading(session, file->app);

	if (r < 0)
		return r;
	session->link.exchange_private = session_openers(session, file) != FREE;
	r = read_ef(session, file->id, offset, buf, len);
	session->link.exchange_private = false;
	if (r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED)
		session_note_lost(session, session_openers(session, file));
	return r;
}

/* Adds LEN bytes that a READ has returned; 0 is the end of the file. The first chunk contains the size of the content. */
static int
add_chunk(struct loaded_file *loaded, const uint8_t *chunk, size_t len)
{
	int r;

	if (len == 0)
		r = end_of_file_reached(loaded);
	else
		r = secret_append(&loaded->content, chunk, len) ? SC_SUCCESS : SC_ERROR_OUT_OF_MEMORY;
	if (r == SC_SUCCESS && content_size(loaded) > FILE_MAX)
		r = SC_ERROR_UNKNOWN_DATA_RECEIVED;
	if (r == SC_SUCCESS && loaded->content.len >= content_size(loaded))
		cut_padding(loaded, content_size(loaded));
	return r;
}

/* Reads the next chunk. LOADED may be invalid after a failed exchange, which can free it. */
static int
load_chunk(struct session *session, struct loaded_file *loaded)
{
	size_t len = next_read_length(session, loaded);
	uint8_t *chunk = malloc(len);
	int r;

	if (chunk == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	r = load_bytes(session, loaded->file, loaded->content.len, chunk, len);
	if (r >= 0)
		r = add_chunk(loaded, chunk, (size_t)r);
	sc_mem_clear(chunk, len);
	free(chunk);
	return r;
}

/* Reads the first chunk although another program may have selected another application. If its bytes do not show that the
 * right one is selected, they are dropped. They are not logged, because they may be private data of the other application.
 * Returns an error only if the card did not answer. */
static int
load_start_unconfirmed(struct session *session, struct loaded_file *loaded)
{
	uint8_t chunk[SHORT_ANSWER_MAX];
	const struct card_file *file = loaded->file;
	size_t len = next_read_length(session, loaded);
	int r;

	session->link.exchange_private = true;
	r = read_ef_once(session, file->id, chunk, len < sizeof(chunk) ? len : sizeof(chunk));
	session->link.exchange_private = false;
	if (r > 0 && application_shown_by(session, file, chunk, (size_t)r))
		r = add_chunk(loaded, chunk, (size_t)r);
	else if (r >= 0 || (status_is_answer(r) && application_is_selected(session, file->app)))
		r = SC_SUCCESS;
	sc_mem_clear(chunk, sizeof(chunk));
	return r;
}

/* Ensures that the application of a file is selected. That may free what was loaded. If nothing of the file was loaded, and
 * its application was selected last, the first bytes of the file may show that it still is, which saves an exchange. */
static int
ensure_application_of(struct session *session, const struct card_file *file)
{
	struct loaded_file *loaded = session_loaded(session, file);
	int r = SC_SUCCESS;

	if (loaded == NULL)
		return SC_ERROR_OUT_OF_MEMORY;
	if (loaded->content.len == 0 && card_file_proof(file) != NULL && application_is_selected(session, file->app) && !application_is_confirmed(session, file->app))
		r = load_start_unconfirmed(session, loaded);
	return r < 0 ? r : application_ensure_for_reading(session, file->app);
}

void
load_provided(struct session *session, const struct card_file *file, const uint8_t *data, size_t len)
{
	struct loaded_file *loaded = session_loaded(session, file);

	/* The bytes that were read in this connection must be the beginning of DATA. */
	if (loaded == NULL || loaded->whole || len < loaded->content.len || (loaded->content.len > 0 && memcmp(loaded->content.data, data, loaded->content.len) != 0))
		return;
	loaded->whole = secret_append(&loaded->content, data + loaded->content.len, len - loaded->content.len);
}

static bool
begins_alike(const struct loaded_file *loaded, const struct secret *copy)
{
	return loaded->content.len <= copy->len && memcmp(loaded->content.data, copy->data, loaded->content.len) == 0;
}

/* Completes a file with its copy if the card has the bytes that prove it. The copy is tried once. If it is rejected, the
 * rest of the file is read. LOADED may be invalid after a failed exchange. */
static int
complete_with_copy(struct session *session, struct loaded_file *loaded)
{
	const struct card_file *file = loaded->file;
	struct secret copy = loaded->copy;
	uint8_t shown[SHORT_ANSWER_MAX];
	const uint8_t *proof;
	size_t len;
	int r = 0;

	loaded->copy = (struct secret){0};
	if (begins_alike(loaded, &copy) && loaded->find_proof(copy.data, copy.len, &proof, &len) && len <= sizeof(shown)) {
		r = load_bytes(session, file, (size_t)(proof - copy.data), shown, len);
		if (r == (int)len && memcmp(shown, proof, len) == 0) {
			load_provided(session, file, copy.data, copy.len);
			loaded->copied = loaded->whole;
		}
	}
	secret_clear(&copy);
	return r < 0 ? r : SC_SUCCESS;
}

static int
load_more(struct session *session, struct loaded_file *loaded)
{
	if (loaded->copy.len > 0 && loaded->content.len >= COPY_BEGINNING)
		return complete_with_copy(session, loaded);
	return load_chunk(session, loaded);
}

static int
check_readable(const struct session *session, const struct card_file *file)
{
	if (file->kind != FILE_TRANSPARENT && file->kind != FILE_LICENCE_RECORD)
		return SC_ERROR_NOT_ALLOWED;
	if (!session_opens(session, session_openers(session, file))) {
		sc_log(session->card->ctx, "%s: a PIN must be verified first", file->name);
		return SC_ERROR_SECURITY_STATUS_NOT_SATISFIED;
	}
	return SC_SUCCESS;
}

/* Loads the file until BYTES of it are in memory. */
static int
load_until(struct session *session, const struct card_file *file, size_t bytes)
{
	struct loaded_file *loaded;
	int chunks, r = session_begin(session);

	if (r < 0)
		return r;
	r = ensure_application_of(session, file);
	loaded = r < 0 ? NULL : session_loaded(session, file);
	if (r >= 0 && loaded == NULL)
		r = SC_ERROR_OUT_OF_MEMORY;
	for (chunks = 0; r >= 0 && !loaded->whole && loaded->content.len < bytes; chunks++)
		r = chunks < CHUNKS_MAX ? load_more(session, loaded) : SC_ERROR_UNKNOWN_DATA_RECEIVED;
	session_end(session);
	return r;
}

int
load_file(struct session *session, const struct card_file *file, size_t bytes, const struct loaded_file **out)
{
	struct loaded_file *loaded;
	int r = check_readable(session, file);

	if (r < 0)
		return r;
	loaded = session_loaded(session, file);
	if (loaded != NULL && !loaded->whole && loaded->content.len < bytes) {
		r = load_until(session, file, bytes);
		loaded = session_loaded(session, file);
	}
	*out = loaded;
	return loaded == NULL ? SC_ERROR_OUT_OF_MEMORY : r;
}

void
load_offer_copy(struct session *session, const struct card_file *file, const uint8_t *data, size_t len, find_copy_proof find_proof)
{
	struct loaded_file *loaded = session_loaded(session, file);

	if (loaded == NULL || loaded->whole)
		return;
	secret_clear(&loaded->copy);
	(void)secret_copy(&loaded->copy, data, len);
	loaded->find_proof = find_proof;
}

int
load_size(struct session *session, const struct card_file *file, size_t *size)
{
	const struct loaded_file *loaded = NULL;
	int r = load_file(session, file, 1, &loaded);

	if (r < 0)
		return r;
	*size = content_size(loaded);
	if (*size != FILE_MAX)
		return SC_SUCCESS;
	r = load_file(session, file, FILE_WHOLE, &loaded);
	if (r == SC_SUCCESS)
		*size = loaded->content.len;
	return r;
}

int
load_card_record(struct session *session, const struct card_file *file, unsigned record, uint8_t *buf, size_t len)
{
	int r = application_ensure(session, file->app);

	return r < 0 ? r : read_ef_record(session, file->id, record, buf, len);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sends READ BINARY and READ RECORD, and recovers failed READs in a single place (docs/card.md, section 13).
 *
 * Few people or nobody have tested the assumptions about how cards read. Therefore a READ that fails or returns nothing
 * is repeated: once after SELECT of the file, then once for fewer bytes. The form that worked is used for the rest of
 * the connection. VERIFY, CHANGE and signatures are never repeated this way.
 */
#include "read.h"

#include "card-driver/card/tlv.h"
#include "exchange.h"

/* ISO 7816-4 commands. The short EF identifier in P1 of READ BINARY: bit 8 set, then the offset is P2 alone. */
#define INS_READ_BINARY	 0xB0
#define READ_BY_SFI	 0x80
#define SFI_OFFSET_MAX	 0xFF
#define READ_OFFSET_MAX	 0x7FFF
#define INS_READ_RECORD	 0xB2
#define RECORD_BY_NUMBER 0x04
#define sfi_in_p2(id)	 ((id) << 3)

/* Limits the exchanges with a card that answers only every second READ. A file of the card takes about 30 READs at most. */
#define RECOVERIES_MAX 16

/* The file or record of the selected application that is to be read. */
struct reading {
	uint16_t id;
	unsigned record; /* 0: the file is no record file */
	size_t offset;	 /* in a transparent file */
	uint8_t *buf;
};

static int
send_read_binary(struct session *session, const struct reading *reading, unsigned sfi, size_t len)
{
	unsigned p1 = sfi != 0 ? READ_BY_SFI | sfi : (unsigned)(reading->offset >> 8);

	return apdu_send(session, CLA_ISO, INS_READ_BINARY, p1, (unsigned)(reading->offset & 0xFF), NULL, 0, reading->buf, len, 0);
}

static int
send_read(struct session *session, const struct reading *reading, bool by_sfi, size_t len)
{
	unsigned sfi = by_sfi ? reading->id : 0;
	int r;

	if (reading->record != 0)
		r = apdu_send(session, CLA_ISO, INS_READ_RECORD, reading->record, sfi_in_p2(sfi) | RECORD_BY_NUMBER, NULL, 0, reading->buf, len, 0);
	else
		r = send_read_binary(session, reading, sfi, len);
	if (r == SC_SUCCESS || (r == SC_ERROR_FILE_END_REACHED && reading->record == 0))
		return (int)apdu_answer(session)->len;
	return r;
}

static int
read_by_sfi(struct session *session, const struct reading *reading, size_t len)
{
	int r;

	session->link.ef = 0;
	r = send_read(session, reading, true, len);
	if (r >= 0 && reading->record == 0) {
		session->link.ef = reading->id;
		session->link.ef_by_sfi = true;
	}
	return r;
}

static int
select_and_read(struct session *session, const struct reading *reading, size_t len)
{
	int r = apdu_select_ef(session, reading->id);

	return r < 0 ? r : send_read(session, reading, false, len);
}

/* Returns true if the READ must not be repeated: if it returned data, if the card reported that a PIN is required or a
 * record does not exist, or if the card was removed or reset (no application is selected after a reset, and the caller's
 * entry in the session may have been freed). */
static bool
is_final_read_result(const struct session *session, int r)
{
	return r > 0 || r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED || r == SC_ERROR_RECORD_NOT_FOUND || r == SC_ERROR_CARD_REMOVED ||
	       r == SC_ERROR_OUT_OF_MEMORY || session->link.app == NULL;
}

/* Returns a length that is unlikely to reach beyond the end of the file: that of the header of a BER object, or one
 * byte. */
static size_t
shorter_read_length(const struct reading *reading, size_t len)
{
	return reading->offset == 0 && len > BER_HEADER_MAX ? BER_HEADER_MAX : 1;
}

/* The file is selected and the READ failed again. The length may be the reason, so fewer bytes are requested. */
static int
read_fewer_bytes(struct session *session, const struct reading *reading, size_t len, int r)
{
	if (len > SHORT_ANSWER_MAX) {
		r = send_read(session, reading, false, SHORT_ANSWER_MAX);
		if (r > 0) {
			sc_log(session->card->ctx, "no extended length here");
			session->link.extended_fails = true;
		}
		if (is_final_read_result(session, r))
			return r;
	}
	if (reading->record != 0 || len <= 1)
		return r;
	r = send_read(session, reading, false, shorter_read_length(reading, len));
	if (r > 0) {
		sc_log(session->card->ctx, "this card wants READs that do not cross the end of the file");
		session->link.exact_lengths = true;
	}
	return r;
}

/* Repeats a READ that failed. BY_SFI: the failed READ named the file by its short EF identifier. BY_SFI_BEFORE: it
 * relied on an earlier READ by short EF identifier to have selected the file. */
static int
recover_failed_read(struct session *session, const struct reading *reading, size_t len, bool by_sfi, bool by_sfi_before)
{
	int r = select_and_read(session, reading, len);

	if (r > 0 && by_sfi) {
		sc_log(session->card->ctx, "no short EF identifiers here");
		session->link.sfi_fails = true;
	} else if (r > 0 && by_sfi_before) {
		sc_log(session->card->ctx, "reading by short EF identifier does not select the file here");
		session->link.select_first = true;
	}
	if (is_final_read_result(session, r) || session->link.ef != reading->id)
		return r;
	return read_fewer_bytes(session, reading, len, r);
}

static int
read_reading(struct session *session, const struct reading *reading, size_t len)
{
	bool current = session->link.ef == reading->id && reading->record == 0;
	bool by_sfi = !current && !session->link.sfi_fails && !session->link.select_first && reading->offset <= SFI_OFFSET_MAX;
	bool by_sfi_before = current && session->link.ef_by_sfi;
	int r;

	if (reading->offset > READ_OFFSET_MAX)
		return SC_ERROR_OFFSET_TOO_LARGE;
	if (reading->offset == 0)
		session->link.recoveries = 0;
	if (by_sfi)
		r = read_by_sfi(session, reading, len);
	else if (current)
		r = send_read(session, reading, false, len);
	else
		r = select_and_read(session, reading, len);
	/* A file that SELECT did not find is not requested again. */
	if (is_final_read_result(session, r) || (!by_sfi && session->link.ef != reading->id) || session->link.recoveries >= RECOVERIES_MAX)
		return r;
	session->link.recoveries++;
	return recover_failed_read(session, reading, len, by_sfi, by_sfi_before);
}

bool
read_has_sfi(const struct session *session)
{
	return !session->link.sfi_fails;
}

size_t
read_answer_max(const struct session *session)
{
	size_t reader_max = session->card->reader->max_recv_size;

	if (session->link.extended_fails || !(session->card->caps & SC_CARD_CAP_APDU_EXT))
		return SHORT_ANSWER_MAX;
	return reader_max < EXTENDED_ANSWER_MAX ? reader_max : EXTENDED_ANSWER_MAX;
}

size_t
read_first_length(const struct session *session)
{
	return session->link.exact_lengths ? BER_HEADER_MAX : SHORT_ANSWER_MAX;
}

int
read_ef(struct session *session, uint16_t id, size_t offset, uint8_t *buf, size_t len) /* NOLINT(readability-non-const-parameter) */
{
	const struct reading reading = {.id = id, .offset = offset, .buf = buf};

	return read_reading(session, &reading, len);
}

int
read_ef_once(struct session *session, uint16_t id, uint8_t *buf, size_t len) /* NOLINT(readability-non-const-parameter) */
{
	const struct reading reading = {.id = id, .buf = buf};

	if (session->link.sfi_fails || session->link.select_first || session->link.exact_lengths)
		return SC_ERROR_NOT_SUPPORTED;
	return read_by_sfi(session, &reading, len);
}

int
read_ef_record(struct session *session, uint16_t id, unsigned record, uint8_t *buf, size_t len) /* NOLINT(readability-non-const-parameter) */
{
	const struct reading reading = {.id = id, .record = record, .buf = buf};

	return read_reading(session, &reading, len < SHORT_ANSWER_MAX ? len : SHORT_ANSWER_MAX);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "exchange.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define INS_SELECT	 0xA4
#define INS_READ_BINARY	 0xB0
#define INS_SIGN	 0x2A
#define INS_VERIFY	 0x20
#define SW1_MORE_DATA	 0x61
#define SELECT_BY_NAME	 0x04
#define SELECT_EF	 0x02
#define SELECT_NO_ANSWER 0x0C
#define GENERIC_DRIVER	 "default"

/* The DER prefix of a DigestInfo for SHA-256; the hash follows (RFC 8017, 9.2). */
static const uint8_t digest_info[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, SHA256_LEN};

static const uint8_t card_manager[] = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};

enum outcome
link_open(struct link *link, int number)
{
	enum outcome outcome = reader_start_opensc(&link->ctx);

	if (outcome != OUTCOME_GENUINE)
		return outcome;
	link->ctx->debug = 0; /* a log must not contain what the card holds and what the user types */
	sc_set_card_driver(link->ctx, GENERIC_DRIVER);
	outcome = reader_open(link->ctx, number, false, &link->card);
	if (outcome == OUTCOME_GENUINE && link_extended(link))
		link->card->caps |= SC_CARD_CAP_APDU_EXT;
	return outcome;
}

void
link_close(struct link *link)
{
	if (link->card != NULL) {
		link_select(link, card_manager, sizeof(card_manager));
		sc_disconnect_card(link->card);
	}
	if (link->ctx != NULL)
		sc_release_context(link->ctx);
	sc_mem_clear(&link->answer, sizeof(link->answer));
}

static void
add_timing(struct timing *timing, const struct timespec *begin)
{
	struct timespec end;
	double ms;

	clock_gettime(CLOCK_MONOTONIC, &end);
	ms = (double)(end.tv_sec - begin->tv_sec) * 1e3 + (double)(end.tv_nsec - begin->tv_nsec) / 1e6;
	timing->count++;
	timing->total += ms;
	if (ms > timing->max)
		timing->max = ms;
}

static enum timed
timed_kind(unsigned ins, size_t sent, size_t received)
{
	switch (ins) {
	case INS_SELECT:
		return TIMED_SELECT;
	case INS_READ_BINARY:
		return received == SHORT_ANSWER_MAX ? TIMED_READ : TIMED_OTHER;
	case INS_VERIFY:
		return sent > 0 ? TIMED_VERIFY : TIMED_OTHER;
	case INS_SIGN:
		return TIMED_SIGN;
	default:
		return TIMED_OTHER;
	}
}

unsigned
link_send(struct link *link, unsigned cla, unsigned ins, unsigned p1, unsigned p2, const void *data, size_t len, size_t le)
{
	struct timespec begin;
	sc_apdu_t apdu;
	int r;

	apdu_build(link->card, &apdu, cla, ins, p1, p2, data, len, link->answer.data, le);
	apdu.resplen = le > SHORT_ANSWER_MAX ? le : SHORT_ANSWER_MAX;
	apdu.flags |= SC_APDU_FLAGS_NO_RETRY_WL | SC_APDU_FLAGS_NO_GET_RESP;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	r = sc_transmit_apdu(link->card, &apdu);
	link->answer.len = r < 0 ? 0 : apdu.resplen;
	link->answer.sw = r < 0 ? SW_NO_ANSWER : (apdu.sw1 << 8 | apdu.sw2);
	if (link->answer.sw == SW_OK)
		add_timing(&link->timing[timed_kind(ins, len, link->answer.len)], &begin);
	link->more_data += apdu.sw1 == SW1_MORE_DATA || apdu.sw1 == SW1_WRONG_LE;
	return link->answer.sw;
}

unsigned
link_select(struct link *link, const uint8_t *aid, size_t len)
{
	link->ef = 0;
	return link_send(link, CLA_ISO, INS_SELECT, SELECT_BY_NAME, SELECT_NO_ANSWER, aid, len, 0);
}

unsigned
link_select_ef(struct link *link, unsigned id)
{
	const uint8_t bytes[] = {(uint8_t)(id >> 8), (uint8_t)id};

	link->ef = id;
	return link_send(link, CLA_ISO, INS_SELECT, SELECT_EF, SELECT_NO_ANSWER, bytes, sizeof(bytes), 0);
}

unsigned
link_read(struct link *link, size_t offset, size_t le)
{
	return link_send(link, CLA_ISO, INS_READ_BINARY, (unsigned)(offset >> 8), (unsigned)(offset & 0xFF), NULL, 0, le);
}

unsigned
link_sign_hash(struct link *link, unsigned p2, const uint8_t hash[SHA256_LEN])
{
	uint8_t data[sizeof(digest_info) + SHA256_LEN];

	memcpy(data, digest_info, sizeof(digest_info));
	memcpy(data + sizeof(digest_info), hash, SHA256_LEN);
	return link_send(link, 0x80, INS_SIGN, 0x00, p2, data, sizeof(data), SHORT_ANSWER_MAX);
}

bool
link_reset(struct link *link, bool power)
{
	return sc_reset(link->card, power) == SC_SUCCESS;
}

bool
link_extended(const struct link *link)
{
	return link->card->reader->max_recv_size > SHORT_ANSWER_MAX;
}

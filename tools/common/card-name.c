/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "card-name.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "libopensc/pkcs15.h"

#include "card-driver/base/apdu.h"
#include "outcome.h"

/* SELECT by name without an answer, and READ RECORD 1 of the file with short EF identifier 1. */
#define INS_SELECT	 0xA4
#define SELECT_BY_NAME	 0x04
#define SELECT_NO_ANSWER 0x0C
#define INS_READ_RECORD	 0xB2
#define RECORD_NUMBER	 1
#define RECORD_OF_EF	 (1 << 3 | 4)

/* The card number record is a simple TLV of digits: card number, municipality, date of expiry (docs/card.md 3.21). */
#define RECORD_TAG	 0x01
#define RECORD_HEAD	 2
#define MUNICIPALITY_LEN 5
#define RECORD_LEN	 (RECORD_HEAD + CARD_NUMBER_LEN + MUNICIPALITY_LEN + CARD_EXPIRY_LEN)

/* The last digits of the card number, which are shown. */
#define DIGITS_SHOWN 4

/* Where code B holds the year of expiry. */
#define YEAR_AT	 6
#define YEAR_LEN 4

static const u8 common_application[] = {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};

/* Returns true if the status word is 9000. */
static bool
transmit_apdu(struct sc_card *card, struct sc_apdu *apdu)
{
	apdu->flags |= SC_APDU_FLAGS_NO_RETRY_WL | SC_APDU_FLAGS_NO_GET_RESP;
	return sc_transmit_apdu(card, apdu) == SC_SUCCESS && apdu->sw1 == 0x90 && apdu->sw2 == 0x00;
}

static bool
select_common_application(struct sc_card *card)
{
	struct sc_apdu apdu;

	apdu_build(card, &apdu, CLA_ISO, INS_SELECT, SELECT_BY_NAME, SELECT_NO_ANSWER, common_application, sizeof(common_application), NULL, 0);
	return transmit_apdu(card, &apdu);
}

/* Returns the length of the record, or 0 if the card does not give it. */
static size_t
read_card_number_record(struct sc_card *card, u8 answer[SHORT_ANSWER_MAX])
{
	struct sc_apdu apdu;

	apdu_build(card, &apdu, CLA_ISO, INS_READ_RECORD, RECORD_NUMBER, RECORD_OF_EF, NULL, 0, answer, SHORT_ANSWER_MAX);
	return transmit_apdu(card, &apdu) ? apdu.resplen : 0;
}

static void
parse_card_number_record(struct card_name *name, const u8 *record, size_t len)
{
	size_t i;

	if (len < RECORD_LEN || record[0] != RECORD_TAG || record[1] < RECORD_LEN - RECORD_HEAD)
		return;
	for (i = RECORD_HEAD; i < RECORD_LEN; i++)
		if (record[i] < '0' || record[i] > '9')
			return;
	memcpy(name->number, record + RECORD_HEAD, CARD_NUMBER_LEN);
	memcpy(name->expiry, record + RECORD_HEAD + CARD_NUMBER_LEN + MUNICIPALITY_LEN, CARD_EXPIRY_LEN);
}

void
card_name_read(struct card_name *name, struct sc_card *card)
{
	u8 answer[SHORT_ANSWER_MAX];
	bool selected;

	*name = (struct card_name){0};
	if (sc_lock(card) != SC_SUCCESS)
		return;
	selected = select_common_application(card);
	if (!selected) /* the first command after power-up may be refused: docs/card.md 1.5 */
		selected = select_common_application(card);
	if (selected)
		parse_card_number_record(name, answer, read_card_number_record(card, answer));
	sc_unlock(card);
}

bool
card_name_equal(const struct card_name *name, const struct card_name *other)
{
	return strcmp(name->number, other->number) == 0;
}

bool
card_name_is_of(const struct card_name *name, const struct sc_pkcs15_card *p15card)
{
	const char *number = p15card->tokeninfo == NULL ? NULL : p15card->tokeninfo->serial_number;

	return name->number[0] == '\0' || (number != NULL && strcmp(number, name->number) == 0);
}

void
card_name_format(const struct card_name *name, char text[CARD_NAME_TEXT_SIZE])
{
	static const char hidden[] = "***********";

	_Static_assert(sizeof(hidden) - 1 + DIGITS_SHOWN == CARD_NUMBER_LEN, "all digits");
	if (name->number[0] == '\0')
		snprintf(text, CARD_NAME_TEXT_SIZE, "a card without a card number");
	else
		snprintf(text, CARD_NAME_TEXT_SIZE, "My Number Card %s%s", hidden, name->number + CARD_NUMBER_LEN - DIGITS_SHOWN);
}

bool
card_name_matches_code(const struct card_name *name, const char *code_b)
{
	if (name->expiry[0] == '\0' || memcmp(name->expiry, code_b + YEAR_AT, YEAR_LEN) == 0)
		return true;
	complain("this card expires in %.*s, but digits 7 to 10 of code B say otherwise. Nothing was sent to the card. Check that the code is this card's. "
		 "(照合番号Bの7〜10桁目が、このカードの有効期限の年と一致しません。このカードの番号かどうか確認してください。番号は送信していません)",
			YEAR_LEN, name->expiry);
	return false;
}

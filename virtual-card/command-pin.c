/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* VERIFY, CHANGE REFERENCE DATA and JICSAP's CHANGE KEY. */
#include <string.h>

#include <openssl/crypto.h>

#include "command.h"

#define CHANGE_NEW_ONLY 0x01 /* P1: the data field contains only the new PIN */

/* Selects the file of the PIN that P2 names. */
static uint16_t
refer_to_pin(struct virtual_card *card, uint8_t p2)
{
	const struct vc_item *item;

	if (vc_current_app(card) != VC_LICENCE)
		return vc_refer(card, p2, VC_SW_NO_REFERENCE);
	if (p2 != VC_LICENCE_PIN || !vc_find_file(card, VC_LICENCE_PIN & VC_SFI_MASK, &item))
		return VC_SW_NOT_FOUND;
	card->state.card->current_ef = VC_LICENCE_PIN & VC_SFI_MASK;
	return VC_SW_OK;
}

int
vc_current_pin(const struct virtual_card *card)
{
	const struct vc_item *item = vc_current_item(card);

	return item != NULL && item->kind == VC_PIN ? vc_pin_number(item->app, item->id) : -1;
}

/* The status of a blocked PIN. On a real card the query answered 63C0, and VERIFY 6984 (text EF 0012, myna-card). */
static uint16_t
blocked_status(const struct virtual_card *card, bool query)
{
	if (vc_variant_has(&card->variant, VC_V_BLOCKED_6983))
		return VC_SW_BLOCKED_ISO;
	if (vc_variant_has(&card->variant, VC_V_BLOCKED_63C0))
		return VC_SW_WRONG_TRIES_LEFT;
	if (query && !vc_variant_has(&card->variant, VC_V_BLOCKED_6984))
		return VC_SW_WRONG_TRIES_LEFT;
	return VC_SW_BLOCKED;
}

/* The status word of a reader or card that refuses the query; VC_SW_OK if it is accepted. */
static uint16_t
query_refusal(const struct virtual_card *card)
{
	static const struct {
		enum vc_variant_id variant;
		uint16_t sw;
	} refusals[] = {
			{VC_V_QUERY_6700, VC_SW_WRONG_LENGTH},
			{VC_V_QUERY_6A86, VC_SW_WRONG_P1P2},
			{VC_V_QUERY_6B00, VC_SW_OUTSIDE_EF},
			{VC_V_QUERY_6D00, VC_SW_WRONG_INS},
	};
	size_t i;

	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		if (vc_variant_has(&card->variant, refusals[i].variant))
			return refusals[i].sw;
	return VC_SW_OK;
}

/* After a successful VERIFY, a query still returns the tries left (OpenSC pull request #959). */
static uint16_t
query(const struct virtual_card *card, int number)
{
	const struct vc_pin_state *pin = &card->state.card->pins[number];

	if (query_refusal(card) != VC_SW_OK)
		return query_refusal(card);
	if (pin->tries_left == 0)
		return blocked_status(card, true);
	if (vc_variant_has(&card->variant, VC_V_QUERY_ALWAYS_9000))
		return VC_SW_OK;
	if (vc_variant_has(&card->variant, VC_V_QUERY_9000) && (card->state.card->verified & 1u << number) != 0)
		return VC_SW_OK;
	return VC_SW_WRONG_TRIES_LEFT | pin->tries_left;
}

static bool
matches(const struct vc_pin_state *pin, const struct vc_item *item, const struct vc_apdu *apdu)
{
	const uint8_t *value = pin->changed ? pin->value : item->data;
	size_t len = pin->changed ? pin->len : item->len;

	return apdu->lc == len && CRYPTO_memcmp(apdu->data, value, len) == 0;
}

uint16_t
vc_verify(struct virtual_card *card, const struct vc_apdu *apdu)
{
	struct vc_card_state *state = card->state.card;
	struct vc_pin_state *pin;
	uint16_t sw;
	int number;

	if (apdu->p1 != 0)
		return VC_SW_WRONG_P1P2;
	sw = refer_to_pin(card, apdu->p2);
	if (sw != VC_SW_OK)
		return sw;
	number = vc_current_pin(card);
	if (number < 0)
		return VC_SW_WRONG_STRUCTURE;
	if (apdu->le != 0)
		return VC_SW_WRONG_LENGTH;
	if (apdu->lc == 0)
		return query(card, number);
	if (apdu->p2 != VC_PIN_OF_CURRENT_EF && vc_current_app(card) != VC_LICENCE && vc_variant_has(&card->variant, VC_V_NO_VERIFY_SFI))
		return VC_SW_WRONG_P1P2;
	pin = &state->pins[number];
	if (pin->tries_left == 0)
		return blocked_status(card, false);
	if (!matches(pin, vc_current_item(card), apdu)) {
		state->verified &= ~(1u << number);
		return VC_SW_WRONG_TRIES_LEFT | --pin->tries_left;
	}
	pin->tries_left = vc_pin_get((size_t)number)->max_tries;
	state->verified |= 1u << number;
	return VC_SW_OK;
}

static bool
well_formed(const struct vc_pin *pin, const struct vc_apdu *apdu)
{
	size_t i;

	for (i = 0; i < apdu->lc; i++)
		if (!(apdu->data[i] >= '0' && apdu->data[i] <= '9') && !(pin->letters && apdu->data[i] >= 'A' && apdu->data[i] <= 'Z'))
			return false;
	return true;
}

/* Sets the new PIN in the current EF, whose old PIN is verified. It is unknown how a real card checks the new PIN's form. */
static uint16_t
change(struct virtual_card *card, const struct vc_apdu *apdu, enum vc_pin_change how)
{
	uint16_t sw = vc_refer(card, apdu->p2, VC_SW_NO_REFERENCE);
	struct vc_pin_state *state;
	const struct vc_pin *pin;
	int number;

	if (sw != VC_SW_OK)
		return sw;
	number = vc_current_pin(card);
	if (number < 0)
		return VC_SW_WRONG_STRUCTURE;
	pin = vc_pin_get((size_t)number);
	state = &card->state.card->pins[number];
	if (pin->change != how)
		return VC_SW_CONDITIONS;
	if (state->tries_left == 0)
		return blocked_status(card, false);
	if ((card->state.card->verified & 1u << number) == 0)
		return VC_SW_SECURITY_STATUS;
	if (apdu->le != 0 || apdu->lc < pin->min_len || apdu->lc > pin->max_len)
		return VC_SW_WRONG_LENGTH;
	if (!well_formed(pin, apdu))
		return VC_SW_WRONG_DATA;
	memcpy(state->value, apdu->data, apdu->lc);
	state->len = (uint8_t)apdu->lc;
	state->changed = 1;
	return VC_SW_OK;
}

uint16_t
vc_change_reference_data(struct virtual_card *card, const struct vc_apdu *apdu)
{
	return apdu->p1 == CHANGE_NEW_ONLY ? change(card, apdu, VC_CHANGE_REFERENCE_DATA) : VC_SW_WRONG_P1P2;
}

uint16_t
vc_change_key(struct virtual_card *card, const struct vc_apdu *apdu)
{
	return apdu->p1 == 0 ? change(card, apdu, VC_CHANGE_KEY) : VC_SW_WRONG_P1P2;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SELECT, and what all commands need to know about the selected application and file. */
#include <string.h>

#include "command.h"

/* P1 and P2 of SELECT (ISO 7816-4; JICSAP defines only P1=02, for an EF). */
#define SELECT_MF_OR_ID 0x00
#define SELECT_EF	0x02
#define SELECT_DF_NAME	0x04
#define SELECT_NEXT	0x02
#define SELECT_NO_DATA	0x0C
#define SELECT_P2_KNOWN 0x0E
#define FCI_TEMPLATE	0x6F
#define FCI_FILE_ID	0x83
#define FCI_DF_NAME	0x84

enum vc_app
vc_current_app(const struct virtual_card *card)
{
	return (enum vc_app)card->state.card->app;
}

/* True if the card has the application. The card manager always exists; another one exists if the persona's card has any of
 * its items. */
static bool
is_installed(const struct virtual_card *card, enum vc_app app)
{
	size_t i;

	for (i = 0; i < card->content.count; i++)
		if (card->content.items[i].app == app)
			return true;
	return app == VC_PLATFORM;
}

bool
vc_find_file(const struct virtual_card *card, uint16_t id, const struct vc_item **item)
{
	const struct vc_item *found = vc_content_find(&card->content, vc_current_app(card), id);

	if (found != NULL && found->kind == VC_DATA)
		found = NULL;
	*item = found;
	return found != NULL || vc_is_closed_file(vc_current_app(card), id);
}

uint16_t
vc_refer(struct virtual_card *card, uint8_t p2, uint16_t missing)
{
	const struct vc_item *item;
	uint16_t id = p2 & VC_SFI_MASK;

	if ((p2 & ~VC_SFI_MASK) != VC_BY_SFI)
		return VC_SW_WRONG_P1P2;
	if (id == 0)
		return card->state.card->current_ef == 0 ? VC_SW_NO_CURRENT_EF : VC_SW_OK;
	if (vc_variant_has(&card->variant, VC_V_NO_SFI))
		return VC_SW_WRONG_P1P2;
	if (!vc_find_file(card, id, &item))
		return missing;
	card->state.card->current_ef = id;
	return VC_SW_OK;
}

const struct vc_item *
vc_current_item(const struct virtual_card *card)
{
	const struct vc_item *item;

	(void)vc_find_file(card, (uint16_t)card->state.card->current_ef, &item);
	return item;
}

bool
vc_may_access(const struct virtual_card *card, uint16_t id)
{
	const struct vc_file *rule = vc_file_rule(vc_current_app(card), id, &card->variant);
	size_t i;

	if (rule == NULL || rule->access == VC_NEVER)
		return false;
	if (rule->access == VC_FREE)
		return true;
	for (i = 0; i < VC_OPENERS_MAX && rule->openers[i] != 0; i++)
		if ((card->state.card->verified & 1u << vc_pin_number(rule->app, rule->openers[i])) != 0)
			return true;
	return false;
}

void
vc_answer(struct virtual_card *card, const uint8_t *data, size_t len)
{
	if (len > VC_ANSWER_DATA_MAX - card->answer_len)
		len = VC_ANSWER_DATA_MAX - card->answer_len;
	memcpy(card->answer + card->answer_len, data, len);
	card->answer_len += len;
}

/* The FCI of a real card is unknown. This one contains only the name. */
static void
answer_fci(struct virtual_card *card, uint8_t tag, const uint8_t *name, size_t len)
{
	uint8_t head[] = {FCI_TEMPLATE, (uint8_t)(2 + len), tag, (uint8_t)len};

	vc_answer(card, head, sizeof(head));
	vc_answer(card, name, len);
}

/* Selects by DF name, of which the first bytes are enough. Selecting another application ends the verification; selecting
 * the same one keeps it. */
static uint16_t
select_application(struct virtual_card *card, const struct vc_apdu *apdu)
{
	struct vc_card_state *state = card->state.card;
	const struct vc_application *found = (apdu->p2 & SELECT_NEXT) != 0 ? vc_application_get(vc_current_app(card)) : NULL;

	if ((apdu->p2 & ~SELECT_P2_KNOWN) != 0 || ((apdu->p2 & SELECT_NO_DATA) != 0 && (apdu->p2 & SELECT_NO_DATA) != SELECT_NO_DATA))
		return VC_SW_WRONG_P1P2;
	do
		found = vc_application_next(found, apdu->data, apdu->lc);
	while (found != NULL && !is_installed(card, found->app));
	if (found == NULL)
		return VC_SW_NOT_FOUND;
	if (found->app != state->verified_app || vc_variant_has(&card->variant, VC_V_RESELECT_DROPS))
		state->verified = 0;
	state->app = state->verified_app = found->app;
	state->current_ef = 0;
	if (((apdu->p2 & SELECT_NO_DATA) == 0 && apdu->le > 0) || vc_variant_has(&card->variant, VC_V_SELECT_FCI))
		answer_fci(card, FCI_DF_NAME, found->aid, found->aid_len);
	return VC_SW_OK;
}

static uint16_t
select_ef(struct virtual_card *card, const struct vc_apdu *apdu)
{
	const struct vc_item *item;
	uint16_t id;

	if (apdu->p2 != SELECT_NO_DATA)
		return VC_SW_WRONG_P1P2;
	if (apdu->lc != 2)
		return VC_SW_WRONG_LENGTH;
	id = (uint16_t)(apdu->data[0] << 8 | apdu->data[1]);
	if (!vc_find_file(card, id, &item))
		return VC_SW_NOT_FOUND;
	card->state.card->current_ef = id;
	if (vc_variant_has(&card->variant, VC_V_SELECT_FCI))
		answer_fci(card, FCI_FILE_ID, apdu->data, apdu->lc);
	return VC_SW_OK;
}

/* The card has no master file. While an application is selected, the short form answers 9000 and changes nothing. */
static uint16_t
select_mf(struct virtual_card *card, const struct vc_apdu *apdu)
{
	if (apdu->lc != 0)
		return VC_SW_NOT_FOUND;
	return vc_current_app(card) == VC_PLATFORM ? VC_SW_WRONG_P1P2 : VC_SW_OK;
}

uint16_t
vc_select(struct virtual_card *card, const struct vc_apdu *apdu)
{
	switch (apdu->p1) {
	case SELECT_MF_OR_ID:
		return select_mf(card, apdu);
	case SELECT_EF:
		return select_ef(card, apdu);
	case SELECT_DF_NAME:
		return select_application(card, apdu);
	default: /* the card does not support paths (08, 09) */
		return VC_SW_WRONG_P1P2;
	}
}

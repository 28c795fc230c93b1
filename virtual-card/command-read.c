/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* READ BINARY, READ RECORD, GET DATA. */
#include "command.h"

#define SHORT_READ_MAX	 100 /* limit of the variant short-reads */
#define SPURIOUS_EACH	 5   /* with the variants spurious-*, one of this many READs in the middle of files fails */
#define SPURIOUS_FIRST	 2
#define RECORD_MODE_MASK 0x07
#define RECORD_BY_NUMBER 0x04
#define RECORD_ALL	 0x05
#define RECORD_SFI_SHIFT 3
#define TAG_CONTACT_ATR	 0x5F51

/* Selects the file that a READ BINARY addresses, and computes the offset. */
static uint16_t
read_place(struct virtual_card *card, const struct vc_apdu *apdu, size_t *offset)
{
	if ((apdu->p1 & VC_BY_SFI) != 0) {
		*offset = apdu->p2;
		return (apdu->p1 & VC_SFI_MASK) == 0 ? VC_SW_WRONG_P1P2 : vc_refer(card, apdu->p1, VC_SW_NOT_FOUND);
	}
	*offset = (size_t)apdu->p1 << 8 | apdu->p2;
	return card->state.card->current_ef == 0 ? VC_SW_NO_CURRENT_EF : VC_SW_OK;
}

/* True if the current EF is of this kind and may be read. */
static uint16_t
check_readable(struct virtual_card *card, enum vc_item_kind kind)
{
	uint16_t id = (uint16_t)card->state.card->current_ef;
	const struct vc_item *item = vc_current_item(card);

	if (item == NULL || item->kind != kind)
		return VC_SW_WRONG_STRUCTURE;
	return vc_may_access(card, id) ? VC_SW_OK : VC_SW_SECURITY_STATUS;
}

/* The status word of the first active variant in a list, which replaces the normal answer; VC_SW_OK: an answer without data. */
struct otherwise {
	enum vc_variant_id variant;
	uint16_t sw;
};

static const struct otherwise *
find_otherwise(const struct virtual_card *card, const struct otherwise *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (vc_variant_has(&card->variant, list[i].variant))
			return &list[i];
	return NULL;
}

/* Finds the variant's answer to a READ across the end of the file. */
static const struct otherwise *
across_the_end(const struct virtual_card *card, const struct vc_item *item, size_t offset, size_t le)
{
	static const struct otherwise list[] = {
			{VC_V_END_6B00, VC_SW_OUTSIDE_EF},
			{VC_V_END_6700, VC_SW_WRONG_LENGTH},
			{VC_V_END_6282, VC_SW_END},
			{VC_V_END_EMPTY, VC_SW_OK},
			{VC_V_EXACT_6C, VC_SW_EXACT_LE},
	};

	return le <= item->len - offset ? NULL : find_otherwise(card, list, sizeof(list) / sizeof(list[0]));
}

/* Every SPURIOUS_EACH-th READ in the middle of a file fails. A repeated READ counts as the next one, so it succeeds. */
static const struct otherwise *
spurious(struct virtual_card *card, size_t offset)
{
	static const struct otherwise list[] = {
			{VC_V_SPURIOUS_6986, VC_SW_NO_CURRENT_EF},
			{VC_V_SPURIOUS_6B00, VC_SW_OUTSIDE_EF},
			{VC_V_SPURIOUS_EMPTY, VC_SW_OK},
	};

	if (offset == 0 || ++card->state.card->middle_reads % SPURIOUS_EACH != SPURIOUS_FIRST)
		return NULL;
	return find_otherwise(card, list, sizeof(list) / sizeof(list[0]));
}

/* The answer is 6C00 if a one-byte Le cannot express how many bytes are left. */
static uint16_t
exact_le(size_t left)
{
	return VC_SW_EXACT_LE | (left < VC_SHORT_LE_MAX ? (uint16_t)left : 0);
}

static uint16_t
read_binary(struct virtual_card *card, const struct vc_apdu *apdu)
{
	const struct otherwise *otherwise;
	const struct vc_item *item;
	size_t offset, len;
	uint16_t sw = read_place(card, apdu, &offset);

	if (sw == VC_SW_OK)
		sw = check_readable(card, VC_EF);
	if (sw != VC_SW_OK)
		return sw;
	if (apdu->le == 0 || apdu->lc != 0)
		return VC_SW_WRONG_LENGTH;
	item = vc_current_item(card);
	if (offset >= item->len)
		return VC_SW_OUTSIDE_EF;
	otherwise = spurious(card, offset);
	if (otherwise == NULL)
		otherwise = across_the_end(card, item, offset, apdu->le);
	if (otherwise != NULL)
		return otherwise->sw == VC_SW_EXACT_LE ? exact_le(item->len - offset) : otherwise->sw;
	len = item->len - offset < apdu->le ? item->len - offset : apdu->le;
	if (len > SHORT_READ_MAX && vc_variant_has(&card->variant, VC_V_SHORT_READS))
		len = SHORT_READ_MAX;
	vc_answer(card, item->data + offset, len);
	return VC_SW_OK;
}

uint16_t
vc_read_binary(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint32_t current = card->state.card->current_ef;
	uint16_t sw = read_binary(card, apdu);

	if ((apdu->p1 & VC_BY_SFI) != 0 && vc_variant_has(&card->variant, VC_V_SFI_NOT_CURRENT))
		card->state.card->current_ef = current;
	return sw;
}

/* Finds record NUMBER (from 1). Records are simple TLV with one length byte. */
static bool
find_record(const struct vc_item *item, unsigned number, size_t *start, size_t *len)
{
	size_t at = 0;

	for (;; number--) {
		if (item->len - at < 2 || item->len - at - 2 < item->data[at + 1] || number == 0)
			return false;
		*start = at;
		*len = (size_t)2 + item->data[at + 1];
		if (number == 1)
			return true;
		at += *len;
	}
}

uint16_t
vc_read_record(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint8_t mode = apdu->p2 & RECORD_MODE_MASK;
	const struct vc_item *item;
	size_t start, len;
	uint16_t sw;

	if (mode != RECORD_BY_NUMBER)
		return mode == RECORD_ALL ? VC_SW_NOT_PROVIDED : VC_SW_WRONG_P1P2;
	sw = vc_refer(card, (uint8_t)(VC_BY_SFI | apdu->p2 >> RECORD_SFI_SHIFT), VC_SW_NOT_FOUND);
	if (sw == VC_SW_OK)
		sw = check_readable(card, VC_RECORDS);
	if (sw != VC_SW_OK)
		return sw;
	item = vc_current_item(card);
	if (!find_record(item, apdu->p1, &start, &len))
		return VC_SW_NO_RECORD;
	if (apdu->le < len || apdu->lc != 0)
		return VC_SW_WRONG_LENGTH;
	vc_answer(card, item->data + start, len);
	return VC_SW_OK;
}

/* Reads the card manager's data objects. The ATR can be read in the other applications too. */
uint16_t
vc_get_data(struct virtual_card *card, const struct vc_apdu *apdu)
{
	uint16_t tag = (uint16_t)(apdu->p1 << 8 | apdu->p2);
	const struct vc_item *item = vc_content_find(&card->content, VC_PLATFORM, tag);

	if (item == NULL || item->kind != VC_DATA || (vc_current_app(card) != VC_PLATFORM && tag != TAG_CONTACT_ATR))
		return VC_SW_NO_REFERENCE;
	if (apdu->le < item->len || apdu->lc != 0)
		return VC_SW_WRONG_LENGTH;
	vc_answer(card, item->data, item->len);
	return VC_SW_OK;
}

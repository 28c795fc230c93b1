/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Only the two free files have content. The others need secure messaging, of which too little is public (docs/card.md), so
 * nobody can read them here. They exist with the sizes of real ones. */
#include "residence.h"

#include <string.h>

#define TAG_VERSION   0xC0
#define TAG_CARD_TYPE 0xC1
#define VERSION	      "0001"
#define TYPE_CARD     "07" /* specified residence card */
#define TYPE_SPECIAL  "08" /* specified special permanent resident certificate */

/* The files that need secure messaging. A size of 0: the card has no such file. */
static const struct {
	enum vc_app app;
	uint16_t id;
	size_t card_size, special_size;
} closed[] = {
		{VC_RESIDENCE_DF1, 0x0001, 14, 14},	/* card number */
		{VC_RESIDENCE_DF1, 0x0003, 73, 46},	/* printed entries */
		{VC_RESIDENCE_DF1, 0x0004, 5508, 5508}, /* images of name and face */
		{VC_RESIDENCE_DF1, 0x0006, 2505, 2505}, /* image of the address */
		{VC_RESIDENCE_DF2, 0x0001, 22, 0},	/* permissions */
		{VC_RESIDENCE_DF2, 0x0002, 3, 0},	/* renewal */
		{VC_RESIDENCE_DF2, 0x0003, 207, 207},	/* others */
		{VC_RESIDENCE_DF3, 0x0002, 704, 704},	/* signature and certificate */
};

static void
add_text(struct vc_content *content, uint16_t id, unsigned tag, const char *text)
{
	struct bytes object = {0};

	bytes_tlv(&object, tag, text, strlen(text), false);
	vc_item_add(content, VC_RESIDENCE, id, VC_EF, object, NULL);
}

void
residence_add(struct vc_content *content, const struct vc_variant *variant)
{
	bool card = vc_variant_has(variant, VC_V_RESIDENCE), special = vc_variant_has(variant, VC_V_RESIDENCE_SPECIAL);
	size_t i, size;

	if (!card && !special)
		return;
	add_text(content, 0x000B, TAG_VERSION, VERSION);
	add_text(content, 0x000A, TAG_CARD_TYPE, special ? TYPE_SPECIAL : TYPE_CARD);
	for (i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		size = special ? closed[i].special_size : closed[i].card_size;
		if (size > 0)
			vc_item_add_filled(content, closed[i].app, closed[i].id, (struct bytes){0}, 0x00, size);
	}
}

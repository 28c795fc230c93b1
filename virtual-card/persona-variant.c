/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "persona-variant.h"

#include <stdio.h>
#include <string.h>

static void
lengthen(struct persona *persona)
{
	static const char more_names[] = "ヴィルヘルム＝フリードリヒ＝ヨハン＝セバスティアン";
	static const char more_address[] = "大字見本字架空千二百三十四番地五　サンプルハイツ・グランドレジデンス・ザ・タワー東棟三千四百五号室様方";
	size_t len = strlen(persona->name), address_len = strlen(persona->address);

	snprintf(persona->name + len, sizeof(persona->name) - len, "%s", more_names);
	snprintf(persona->address + address_len, sizeof(persona->address) - address_len, "%s", more_address);
}

void
persona_change_text(struct persona *text, const struct vc_variant *variant)
{
	struct persona other;

	persona_invent(&other, PERSONA_OTHER_SEED);
	if (vc_variant_has(variant, VC_V_TEXT_OTHER_NAME)) {
		memcpy(text->name, other.name, sizeof(text->name));
		snprintf(text->address, sizeof(text->address), "%s", "東京都架空区例示町９丁目８番７号");
	}
	if (vc_variant_has(variant, VC_V_TEXT_OTHER_BIRTH))
		memcpy(text->birth, other.birth, sizeof(text->birth));
	if (vc_variant_has(variant, VC_V_TEXT_OTHER_SEX))
		text->sex[0] = text->sex[0] == '1' ? '2' : '1';
}

void
persona_change(struct persona *persona, const struct vc_variant *variant)
{
	if (vc_variant_has(variant, VC_V_LONG_NAMES))
		lengthen(persona);
	if (vc_variant_has(variant, VC_V_BIRTH_UNKNOWN))
		memcpy(persona->birth + 4, "0000", 4);
	if (vc_variant_has(variant, VC_V_SEX_OTHER))
		persona->sex[0] = '3';
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "content-variant.h"

#include <string.h>

const char *
variant_token_label(const struct vc_variant *variant)
{
	if (vc_variant_has(variant, VC_V_ANDROID))
		return "JPKIAPGPSETOKEN";
	if (vc_variant_has(variant, VC_V_IPHONE))
		return "JPKIAPIOSTOKEN";
	if (vc_variant_has(variant, VC_V_NEW_PHONE))
		return "JPKIAPNEWTOKEN";
	return vc_variant_has(variant, VC_V_JUKI_CARD) ? "JPKIAPICCTOKEN" : "JPKIAPICCTOKEN2";
}

struct bytes
variant_availability(const struct vc_variant *variant)
{
	uint8_t present = vc_variant_has(variant, VC_V_AVAILABILITY_01) ? 0x01 : vc_variant_has(variant, VC_V_AVAILABILITY_80) ? 0x80
															       : 0x8F;
	uint8_t value[] = {present, present, 0x00};
	struct bytes bytes = {0};

	if (vc_variant_has(variant, VC_V_AVAILABILITY_00))
		memset(value, 0x00, sizeof(value));
	if (vc_variant_has(variant, VC_V_CHILD))
		value[0] = 0x00;
	bytes_add(&bytes, value, sizeof(value));
	return bytes;
}

/* Cards of 2016 already had the two-byte length in the outermost object, and two programs accept no other form. */
enum length_form
variant_length_form(const struct vc_variant *variant)
{
	if (vc_variant_has(variant, VC_V_LONG_FORM))
		return ALL_LENGTHS_LONG;
	return vc_variant_has(variant, VC_V_SHORT_FORM) ? SHORT_LENGTHS : OUTER_LENGTH_LONG;
}

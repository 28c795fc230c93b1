/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sources: the open-source readers that were tested with real and test cards (myna-card, jpki/myna, readthecard,
 * sc-tools-myna, MinorDriversApp). docs/card.md says how certain each fact is.
 */
#include "structure.h"

#include <string.h>

static const struct vc_application applications[] = {
		{VC_PLATFORM, "card manager", 7, {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00}, 0},
		{VC_JPKI, "JPKI", 10, {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, 0},
		{VC_COMMON, "common", 10, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, 0},
		{VC_JUKI, "juki", 10, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01}, 0},
		{VC_SURFACE, "surface", 10, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02}, 0x001A},
		{VC_TEXT, "text", 10, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 0x0013},
		{VC_LICENCE, "licence", 16, {0xA0, 0x00, 0x00, 0x02, 0x31, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00}, 0},
		{VC_RESIDENCE, "residence", 16, {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00}, 0},
		{VC_RESIDENCE_DF1, "residence-df1", 16, {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00}, 0},
		{VC_RESIDENCE_DF2, "residence-df2", 16, {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00}, 0},
		{VC_RESIDENCE_DF3, "residence-df3", 16, {0xD3, 0x92, 0xF0, 0x00, 0x4F, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00}, 0},
};

static const struct vc_pin pins[] = {
		{VC_JPKI, 0x0018, 3, 4, 4, false, VC_CHANGE_REFERENCE_DATA, VC_V_BLOCKED_AUTH},
		{VC_JPKI, 0x001B, 5, 6, 16, true, VC_CHANGE_REFERENCE_DATA, VC_V_BLOCKED_SIGN},
		{VC_TEXT, 0x0011, 3, 4, 4, false, VC_CHANGE_REFERENCE_DATA, VC_V_BLOCKED_TEXT},
		{VC_TEXT, 0x0012, 0, 0, 0, false, VC_CHANGE_NEVER, VC_V_COUNT},
		{VC_TEXT, 0x0014, 10, 12, 12, false, VC_CHANGE_NEVER, VC_V_COUNT},    /* 照合番号A */
		{VC_TEXT, 0x0015, 10, 14, 14, false, VC_CHANGE_NEVER, VC_V_COUNT},    /* 照合番号B */
		{VC_SURFACE, 0x0011, 10, 6, 6, false, VC_CHANGE_NEVER, VC_V_COUNT},   /* 生年月日 */
		{VC_SURFACE, 0x0012, 10, 14, 14, false, VC_CHANGE_NEVER, VC_V_COUNT}, /* 照合番号B: other PIN numbers than in the text AP */
		{VC_SURFACE, 0x0013, 10, 12, 12, false, VC_CHANGE_NEVER, VC_V_COUNT}, /* 照合番号A */
		{VC_COMMON, 0x001C, 3, 4, 4, false, VC_CHANGE_KEY, VC_V_COUNT},
		{VC_JUKI, 0x001C, 3, 4, 4, false, VC_CHANGE_KEY, VC_V_COUNT},
		{VC_LICENCE, 0x0006, 10, 4, 4, false, VC_CHANGE_NEVER, VC_V_LICENCE_BLOCKED},
};

static const struct vc_file files[] = {
		{VC_JPKI, 0x0001, VC_PINS, {0x001B}, VC_ALL_CARDS},
		{VC_JPKI, 0x0002, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x0006, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x0008, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x0009, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x000A, VC_PINS, {0x0018}, VC_PHONES},
		{VC_JPKI, 0x000A, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x000B, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_JPKI, 0x0017, VC_PINS, {0x0018}, VC_ALL_CARDS},
		{VC_JPKI, 0x001A, VC_PINS, {0x001B}, VC_ALL_CARDS},

		{VC_TEXT, 0x0001, VC_PINS, {0x0011, 0x0014}, VC_ALL_CARDS},
		{VC_TEXT, 0x0002, VC_PINS, {0x0011, 0x0015}, VC_ALL_CARDS},
		{VC_TEXT, 0x0003, VC_PINS, {0x0011, 0x0014, 0x0015}, VC_ALL_CARDS},
		{VC_TEXT, 0x0004, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_TEXT, 0x0005, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_TEXT, 0x0006, VC_PINS, {0x0011, 0x0014, 0x0015}, VC_ALL_CARDS},
		{VC_TEXT, 0x0007, VC_PINS, {0x0011, 0x0014, 0x0015}, VC_ALL_CARDS},
		{VC_TEXT, 0x0008, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_TEXT, 0x0013, VC_FREE, {0}, VC_ALL_CARDS},

		{VC_SURFACE, 0x0001, VC_PINS, {0x0011}, VC_ALL_CARDS},
		{VC_SURFACE, 0x0002, VC_PINS, {0x0012, 0x0013}, VC_ALL_CARDS},
		{VC_SURFACE, 0x0003, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_SURFACE, 0x0004, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_SURFACE, 0x0005, VC_PINS, {0x0013}, VC_ALL_CARDS},
		{VC_SURFACE, 0x0006, VC_PINS, {0x0012, 0x0013}, VC_ALL_CARDS},
		{VC_SURFACE, 0x001A, VC_FREE, {0}, VC_ALL_CARDS},

		{VC_COMMON, 0x0001, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_COMMON, 0x0002, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_COMMON, 0x0019, VC_FREE, {0}, VC_ALL_CARDS},

		{VC_JUKI, 0x0002, VC_FREE, {0}, VC_ALL_CARDS},

		{VC_LICENCE, 0x001A, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_LICENCE, 0x001B, VC_FREE, {0}, VC_LICENCES_WITHOUT_PIN},
		{VC_LICENCE, 0x001B, VC_PINS, {0x0006}, VC_ALL_CARDS},
		{VC_LICENCE, 0x001C, VC_FREE, {0}, VC_LICENCES_WITHOUT_PIN},
		{VC_LICENCE, 0x001C, VC_PINS, {0x0006}, VC_ALL_CARDS},

		{VC_RESIDENCE, 0x000A, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE, 0x000B, VC_FREE, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF1, 0x0001, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF1, 0x0003, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF1, 0x0004, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF1, 0x0006, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF2, 0x0001, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF2, 0x0002, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF2, 0x0003, VC_NEVER, {0}, VC_ALL_CARDS},
		{VC_RESIDENCE_DF3, 0x0002, VC_NEVER, {0}, VC_ALL_CARDS},
};

static const struct vc_closed_file closed_files[] = {
		{VC_PLATFORM, 0x001E},
		{VC_JPKI, 0x0010},
		{VC_JPKI, 0x0016}, /* CA key reference of 80 A2 */
		{VC_JPKI, 0x0019},
		{VC_JPKI, 0x001C},
		{VC_JPKI, 0x001E},
		{VC_TEXT, 0x0010},
		{VC_TEXT, 0x001C},
		{VC_TEXT, 0x001E},
		{VC_SURFACE, 0x0014},
		{VC_SURFACE, 0x0015},
		{VC_SURFACE, 0x001C},
		{VC_SURFACE, 0x001E},
		{VC_COMMON, 0x001E},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

_Static_assert(COUNT(pins) <= VC_PINS_MAX, "the state of a card has no room for so many PINs");

const struct vc_application *
vc_application_get(enum vc_app app)
{
	size_t i;

	for (i = 0; i < COUNT(applications); i++)
		if (applications[i].app == app)
			return &applications[i];
	return NULL;
}

const struct vc_application *
vc_application_next(const struct vc_application *after, const uint8_t *prefix, size_t len)
{
	const struct vc_application *entry = after == NULL ? applications : after + 1;

	for (; entry < applications + COUNT(applications); entry++)
		if (len <= entry->aid_len && (len == 0 || memcmp(entry->aid, prefix, len) == 0))
			return entry;
	return NULL;
}

const struct vc_pin *
vc_pin_get(size_t number)
{
	return number < COUNT(pins) ? &pins[number] : NULL;
}

int
vc_pin_number(enum vc_app app, uint16_t id)
{
	size_t i;

	for (i = 0; i < COUNT(pins); i++)
		if (pins[i].app == app && pins[i].id == id)
			return (int)i;
	return -1;
}

static bool
rule_holds(const struct vc_file *file, const struct vc_variant *variant)
{
	switch (file->cards) {
	case VC_PHONES:
		return vc_variant_is_phone(variant);
	case VC_LICENCES_WITHOUT_PIN:
		return vc_variant_has(variant, VC_V_LICENCE_NO_PIN);
	default:
		return true;
	}
}

const struct vc_file *
vc_file_rule(enum vc_app app, uint16_t id, const struct vc_variant *variant)
{
	size_t i;

	for (i = 0; i < COUNT(files); i++)
		if (files[i].app == app && files[i].id == id && rule_holds(&files[i], variant))
			return &files[i];
	return NULL;
}

bool
vc_is_closed_file(enum vc_app app, uint16_t id)
{
	size_t i;

	for (i = 0; i < COUNT(closed_files); i++)
		if (closed_files[i].app == app && closed_files[i].id == id)
			return true;
	return false;
}

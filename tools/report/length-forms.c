/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "length-forms.h"

static const char *
form_of(const struct tlv *object)
{
	static const char *const forms[] = {"short", "81", "82", "83"};
	size_t bytes = object->header - (object->tag > 0xFF ? 2 : 1) - 1;

	return bytes < COUNT(forms) ? forms[bytes] : "?";
}

void
length_forms(struct line *line, const uint8_t *data, size_t len)
{
	struct tlv outer, inner;
	const uint8_t *rest;

	if (ber_read(data, len, &outer) < 0)
		return line_add(line, "no object");
	line_add(line, "%s", form_of(&outer));
	for (rest = outer.value; ber_read(rest, (size_t)(outer.value + outer.len - rest), &inner) == 0; rest = inner.value + inner.len)
		line_add(line, "%s%s", rest == outer.value ? " (" : " ", form_of(&inner));
	if (rest != outer.value)
		line_add(line, ")");
}

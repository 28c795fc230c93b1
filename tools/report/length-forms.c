/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "length-forms.h"

static const char *
length_form(const struct tlv *object)
{
	static const char *const forms[] = {"short", "81", "82", "83"};
	size_t bytes = object->header - (object->tag > 0xFF ? 2 : 1) - 1;

	return bytes < COUNT(forms) ? forms[bytes] : "?";
}

void
length_forms_append(struct line *line, const uint8_t *data, size_t len)
{
	struct tlv outer, inner;
	const uint8_t *rest;

	if (ber_read(data, len, &outer) < 0)
		return line_append(line, "no object");
	line_append(line, "%s", length_form(&outer));
	for (rest = outer.value; ber_read(rest, (size_t)(outer.value + outer.len - rest), &inner) == 0; rest = inner.value + inner.len)
		line_append(line, "%s%s", rest == outer.value ? " (" : " ", length_form(&inner));
	if (rest != outer.value)
		line_append(line, ")");
}

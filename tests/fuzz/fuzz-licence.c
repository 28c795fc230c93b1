/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the reader of licence records and the decoding of each value. An input is a record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#include "card-driver/card/licence-record.h"
#include "card-driver/content/licence.h"

static sc_context_t ctx;

void
fuzz_prepare(void)
{
	ctx.debug_file = fopen("/dev/null", "w");
	PROMISE(ctx.debug_file != NULL);
}

/* Whatever is found lies inside the record and is not longer than its tag allows. */
static void
try_objects(const uint8_t *data, size_t len)
{
	struct licence_object object;
	unsigned tag;

	for (tag = 0; tag <= LICENCE_TAG_KEY_ID + 1; tag++) {
		if (licence_object_find(data, len, tag, &object) != LICENCE_FOUND)
			continue;
		PROMISE(object.tag == tag && object.value <= len && object.len <= len - object.value && object.end == object.value + object.len);
		PROMISE(object.len <= licence_value_max(tag));
	}
}

/* The size does not depend on how many bytes were read before it became known. */
static void
try_size(const uint8_t *data, size_t len)
{
	size_t size = 0, earlier = 0;

	if (!licence_record_size(data, len, LICENCE_RECORD_MAX, &size))
		return;
	PROMISE(size <= (len > LICENCE_RECORD_MAX ? len : LICENCE_RECORD_MAX));
	if (licence_record_size(data, len / 2, LICENCE_RECORD_MAX, &earlier))
		PROMISE(earlier == size || earlier == len / 2);
}

static bool
is_text(const struct secret *value)
{
	size_t i;

	for (i = 0; i < value->len; i++)
		if (value->data[i] < ' ' && value->data[i] != '\n')
			return false;
	return true;
}

static void
try_values(const uint8_t *data, size_t len)
{
	struct secret value = {0};
	uint16_t field;

	for (field = FIELD_LICENCE_NUMBER; field <= FIELD_HISTORY_NUMBER; field++) {
		if (licence_decode(&ctx, field, data, len, &value) == SC_SUCCESS)
			PROMISE(value.data != NULL && (field == FIELD_LICENCE_PHOTO || is_text(&value)));
		else
			PROMISE(value.data == NULL);
		secret_clear(&value);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size > 0 ? size : 1);

	PROMISE(exact != NULL);
	if (size > 0)
		memcpy(exact, data, size);
	try_objects(exact, size);
	try_size(exact, size);
	try_values(exact, size);
	free(exact);
	return 0;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes the block `card_driver mynumber { }` of an opensc.conf with arbitrary content. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#include "card-driver/card/card-map.h"
#include "card-driver/base/settings.h"

static sc_context_t ctx;

void
fuzz_prepare(void)
{
	ctx.debug_file = fopen("/dev/null", "w");
	PROMISE(ctx.debug_file != NULL);
}

static void
expect_sane(const struct settings *settings)
{
	PROMISE(settings->verify_records == VERIFY_NO || settings->verify_records == VERIFY_YES || settings->verify_records == VERIFY_STRICT);
	PROMISE(settings->pkcs11_applications != 0 && settings->pkcs11_applications < 1u << APP_COUNT);
}

/* OpenSC's own search for blocks crashes at a block without a key, before it calls any driver. */
static bool
opensc_survives(const scconf_block *block) /* NOLINT(misc-no-recursion) */
{
	const scconf_item *item;

	for (item = block->items; item != NULL; item = item->next)
		if (item->type == SCCONF_ITEM_TYPE_BLOCK && (item->key == NULL || !opensc_survives(item->value.block)))
			return false;
	return true;
}

/* Finds the first block `app default`, as OpenSC does. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings settings;
	scconf_block **blocks;
	char *text = malloc(size + 1);

	PROMISE(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	ctx.conf = scconf_new(NULL);
	PROMISE(ctx.conf != NULL);
	if (scconf_parse_string(ctx.conf, text) > 0 && opensc_survives(ctx.conf->root)) {
		blocks = scconf_find_blocks(ctx.conf, NULL, "app", "default");
		ctx.conf_blocks[0] = blocks == NULL ? NULL : blocks[0];
		free(blocks);
		PROMISE(settings_load(&settings, &ctx, application_label) == SC_SUCCESS);
		expect_sane(&settings);
		settings_free(&settings);
	}
	scconf_free(ctx.conf);
	free(text);
	return 0;
}

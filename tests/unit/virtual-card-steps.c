/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "virtual-card-steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COMMAND_MAX 1024

char persona_dir[64] = "/tmp/virtual-card-test.XXXXXX";

/* make check has already made a persona; copying it saves the time for making its keys. */
int
group_setup(void **state)
{
	char command[256];

	(void)state;
	if (mkdtemp(persona_dir) == NULL)
		return -1;
	snprintf(command, sizeof(command), "if [ -d \"$builddir/tests/persona\" ]; then cp -R \"$builddir/tests/persona/.\" %s; fi", persona_dir);
	return system(command); /* NOLINT(cert-env33-c): of the test itself */
}

int
group_teardown(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", persona_dir);
	return system(command); /* NOLINT(cert-env33-c): of the test itself */
}

static void
remove_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", persona_dir, name);
	(void)unlink(path);
}

void
open_new_card(struct virtual_card *card, const char *variants)
{
	struct vc_variant variant = {0};

	remove_file("card.state");
	remove_file("card.removed");
	if (variants != NULL)
		assert_int_equal(vc_variant_parse(&variant, variants), 0);
	assert_int_equal(vc_card_open(card, persona_dir, &variant, getenv("VIRTUAL_CARD_LOG")), 0);
	vc_card_power_on(card);
}

static size_t
get_hex(const char *hex, uint8_t *byte)
{
	unsigned value;

	if (sscanf(hex, "%2x", &value) != 1)
		fail_msg("no hex: %s", hex);
	*byte = (uint8_t)value;
	return 2;
}

static const struct vc_item *
item(const struct virtual_card *card, unsigned id)
{
	const struct vc_item *found = vc_content_find(&card->content, (enum vc_app)card->state.card->app, (uint16_t)id);

	if (found == NULL)
		fail_msg("no EF %04X in application %u", id, card->state.card->app);
	return found;
}

/* Parses <18> or <18!>: appends Lc and the PIN. Returns how many characters of TEXT it used. */
static size_t
put_pin(const struct virtual_card *card, const char *text, uint8_t *bytes, size_t *len)
{
	const struct vc_item *pin;
	char wrong;
	unsigned id;

	if (sscanf(text, "<%2x%c", &id, &wrong) != 2)
		fail_msg("no PIN: %s", text);
	pin = item(card, id);
	bytes[(*len)++] = (uint8_t)pin->len;
	memcpy(bytes + *len, pin->data, pin->len);
	if (wrong == '!')
		bytes[*len] ^= 1;
	*len += pin->len;
	return strcspn(text, ">") + 1;
}

static size_t
build_command(const struct virtual_card *card, const char *text, uint8_t *bytes)
{
	size_t len = 0;

	while (*text != '\0') {
		assert_in_range(len, 0, COMMAND_MAX - 32);
		if (*text == ' ')
			text++;
		else if (*text == '<')
			text += put_pin(card, text, bytes, &len);
		else
			text += get_hex(text, &bytes[len++]);
	}
	return len;
}

size_t
exchange_hex(struct virtual_card *card, const char *hex, uint8_t *answer)
{
	uint8_t command[COMMAND_MAX];

	return vc_card_transmit(card, command, build_command(card, hex, command), answer);
}

/* Compares one element of the pattern. Returns where ANSWER continues, or NULL if it does not match. */
static const uint8_t *
match_element(const struct virtual_card *card, const char **pattern, const uint8_t *answer, const uint8_t *end)
{
	const struct vc_item *file;
	unsigned id, offset, count = 1; /* the number of answer bytes that the element matches */
	uint8_t byte;

	if (sscanf(*pattern, "[%u]", &count) == 1) {
		*pattern = strchr(*pattern, ']') + 1;
	} else if (sscanf(*pattern, "{%x:%u:%u}", &id, &offset, &count) == 3) {
		*pattern = strchr(*pattern, '}') + 1;
		file = item(card, id);
		if (count == 0 && offset <= file->len)
			count = (unsigned)file->len - offset;
		if (offset + count > file->len || (size_t)(end - answer) < count || memcmp(answer, file->data + offset, count) != 0)
			return NULL;
	} else {
		*pattern += get_hex(*pattern, &byte);
		if (answer == end || *answer != byte)
			return NULL;
	}
	return (size_t)(end - answer) < count ? NULL : answer + count;
}

static bool
matches(const struct virtual_card *card, const char *pattern, const uint8_t *answer, size_t len)
{
	const uint8_t *at = answer;

	while (at != NULL && *pattern != '\0') {
		if (*pattern == ' ')
			pattern++;
		else
			at = match_element(card, &pattern, at, answer + len);
	}
	return at == answer + len;
}

static void
expect_answer(struct virtual_card *card, const struct step *step)
{
	static uint8_t answer[VC_ANSWER_MAX];
	size_t len = exchange_hex(card, step->send, answer), i;

	if (matches(card, step->expect, answer, len))
		return;
	for (i = 0; i < len && i < 64; i++)
		print_error("%02X", answer[i]);
	print_error("%s (%zu bytes)\n", len > 64 ? "..." : "", len);
	fail_msg("%s: expected %s", step->send, step->expect);
}

void
run_steps(struct virtual_card *card, const struct step *steps)
{
	for (; steps->send != NULL; steps++) {
		if (strcmp(steps->send, "reset") == 0)
			vc_card_warm_reset(card);
		else if (strcmp(steps->send, "power") == 0) {
			vc_card_power_off(card);
			vc_card_power_on(card);
		} else
			expect_answer(card, steps);
	}
}

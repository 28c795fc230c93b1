/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "judgement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

#include "tools/common/card-name.h"
#include "tools/card-face/verdict.h"

#define FOUR_DATA "Input Support authenticity: name, address"
#define FACE_DATA "Card Surface authenticity: card face"

/* Each report is read after the values of the same PIN, so that a message is caused by a value and not by the report. */
const struct reading readings[VALUES_MAX] = {
		{0x03, "Name", FOUR_DATA},
		{0x03, "Address", FOUR_DATA},
		{0x03, "Date of birth", FOUR_DATA},
		{0x03, "Sex", FOUR_DATA},
		{0x03, "My Number", "Input Support authenticity: My Number"},
		{0x03, "Input Support authenticity", NULL},
		{0x07, "Face date of birth", FACE_DATA},
		{0x07, "Face sex", FACE_DATA},
		{0x07, "Face name image", FACE_DATA},
		{0x07, "Face address image", FACE_DATA},
		{0x07, "Face photo", FACE_DATA},
		{0x07, "Face expiry date", FACE_DATA},
		{0x07, "Face security code image", FACE_DATA},
		{0x07, "Card Surface authenticity", NULL},
		{0x06, "My Number image", ""},
		{0x08, "Age date of birth", ""},
};

static const char *
pin_of(const struct pins *pins, uint8_t id)
{
	switch (id) {
	case 0x03:
		return pins->text;
	case 0x06:
		return pins->number;
	case 0x07:
		return pins->code_b;
	default:
		return pins->birth;
	}
}

/* Returns how much has been written to standard error, which is a file. */
static off_t
said_so_far(void)
{
	fflush(stderr);
	return lseek(STDERR_FILENO, 0, SEEK_END);
}

static enum rank
rank_of(const char *line, const char **rest)
{
	static const struct {
		const char *begins;
		enum rank rank;
	} words[] = {{"ok: ", RANK_OK}, {"unknown: ", RANK_UNKNOWN}, {"FAIL: ", RANK_FAIL}};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(line, words[i].begins, strlen(words[i].begins)) == 0) {
			*rest = line + strlen(words[i].begins);
			return words[i].rank;
		}
	fprintf(stderr, "no finding: %s\n", line);
	abort();
}

static void
take_report(struct judgement *judged, const char *label, const struct sc_pkcs15_data *data)
{
	char *text = strndup((const char *)data->data, data->data_len), *line, *rest;

	for (line = strtok_r(text, "\n", &rest); line != NULL && judged->lines_count < LINES_MAX; line = strtok_r(NULL, "\n", &rest)) {
		struct line *out = &judged->lines[judged->lines_count++];
		const char *topic;

		out->rank = rank_of(line, &topic);
		snprintf(out->topic, sizeof(out->topic), "%s: %.*s", label, (int)strcspn(topic, ":("), topic);
	}
	free(text);
}

static void
take_value(struct value *value, const struct sc_pkcs15_data *data)
{
	size_t i;

	value->served = true;
	value->len = data->data_len;
	for (i = 0; i < data->data_len; i++)
		value->sum = value->sum * 31 + data->data[i];
}

static void
read_row(struct judgement *judged, struct sc_pkcs15_card *p15card, size_t row, off_t said)
{
	static struct sc_pkcs15_object *objects[64];
	struct sc_pkcs15_data *data = NULL;
	int i, count = sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_DATA_OBJECT, objects, 64);

	for (i = 0; i < count && strncmp(objects[i]->label, readings[row].label, sizeof(objects[i]->label)) != 0; i++)
		;
	if (i >= count || sc_pkcs15_read_data_object(p15card, objects[i]->data, 1, &data) < 0)
		return;
	if (readings[row].topic == NULL) {
		judged->reported[row] = true;
		take_report(judged, readings[row].label, data);
	} else {
		take_value(&judged->values[row], data);
		judged->values[row].told = said_so_far() > said;
	}
	sc_pkcs15_free_data_object(data);
}

static void
verify(struct sc_pkcs15_card *p15card, const struct pins *pins, uint8_t id)
{
	struct sc_pkcs15_id auth = {{id}, 1};
	struct sc_pkcs15_object *object = NULL;
	const char *pin = pin_of(pins, id);

	if (sc_pkcs15_find_pin_by_auth_id(p15card, &auth, &object) == SC_SUCCESS)
		sc_pkcs15_verify_pin(p15card, object, (const u8 *)pin, strlen(pin));
}

/* Reads as pkcs15-tool does, with all PINs one after the other. */
static void
read_objects(struct sc_reader *reader, const struct pins *pins, struct judgement *judged)
{
	struct sc_pkcs15_card *p15card = NULL;
	struct sc_card *card = NULL;
	off_t said = said_so_far();
	uint8_t pin = 0;
	size_t row;

	if (sc_connect_card(reader, &card) == SC_SUCCESS && sc_pkcs15_bind(card, NULL, &p15card) == SC_SUCCESS)
		for (row = 0; row < VALUES_MAX; row++) {
			if (readings[row].pin != pin)
				verify(p15card, pins, pin = readings[row].pin);
			read_row(judged, p15card, row, said);
		}
	if (p15card != NULL)
		sc_pkcs15_unbind(p15card);
	if (card != NULL)
		sc_disconnect_card(card);
}

static enum rank
view(struct sc_reader *reader, const struct pins *pins)
{
	static const enum rank ranks[] = {[VERDICT_GENUINE] = RANK_OK, [VERDICT_UNKNOWN] = RANK_UNKNOWN, [VERDICT_NOT_GENUINE] = RANK_FAIL};
	struct sc_card *card = NULL;
	struct card_name name;
	struct code_b code = {0};
	struct face face = {0};
	enum rank rank = RANK_ERROR;

	if (sc_connect_card(reader, &card) != SC_SUCCESS)
		return rank;
	memcpy(code.digits, pins->code_b, CODE_B_DIGITS);
	card_name_read(&name, card);
	if (face_read(&face, card, &name, &code) == OUTCOME_GENUINE)
		rank = ranks[face_verdict(&face)];
	face_free(&face);
	sc_disconnect_card(card);
	return rank;
}

void
judge_card(const char *variant, const struct pins *pins, struct judgement *judged)
{
	sc_context_param_t parameters = {.app_name = "verdict-matrix"};
	sc_context_t *ctx = NULL;
	struct sc_reader *reader = NULL;

	*judged = (struct judgement){.verdict = RANK_ERROR};
	setenv("VIRTUAL_CARD_VARIANT", variant, 1);
	if (sc_context_create(&ctx, &parameters) == SC_SUCCESS)
		reader = sc_ctx_get_reader(ctx, 0);
	if (reader == NULL) {
		fprintf(stdout, "verdict-matrix: no card: %s\n", variant);
		exit(2);
	}
	judged->verdict = view(reader, pins);
	read_objects(reader, pins, judged);
	sc_release_context(ctx);
}

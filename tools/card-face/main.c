/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mynumber-card-face: shows the face of a My Number Card, read from its chip, as an HTML page or as text. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "libopensc/opensc.h"

#include "tools/common/harden.h"
#include "json.h"
#include "licence.h"
#include "licence-words.h"
#include "options.h"
#include "output.h"
#include "page.h"
#include "tools/common/reader.h"
#include "summary.h"

struct job {
	const struct face *face;
	const struct options *options;
};

static bool
write_face_as_asked(FILE *out, const void *argument)
{
	const struct job *job = argument;

	switch (job->options->form) {
	case OUTPUT_JSON:
		return face_json_write(out, job->face, job->options->language);
	case OUTPUT_TEXT:
		summary_write(out, job->face, job->options->language);
		return true;
	default:
		page_write(out, job->face, job->options->language);
		return true;
	}
}

static enum outcome
write_face_output(const struct face *face, const struct options *options)
{
	struct job job = {face, options};
	enum outcome outcome = output_write(options->output, write_face_as_asked, &job);

	return outcome == OUTCOME_GENUINE ? verdict_words[shown_verdict(face)].outcome : outcome;
}

/* All codes that the user types for one card. */
struct codes {
	struct code_b code_b;
	struct licence_pin licence_pin;
};

static enum outcome
get_codes(struct codes *codes, struct sc_card *card, const struct card_name *name, const struct options *options)
{
	bool pin_wanted = false;
	enum outcome outcome = options->licence ? licence_find(card, &pin_wanted) : OUTCOME_GENUINE;

	if (outcome == OUTCOME_GENUINE)
		outcome = code_b_get(&codes->code_b, options->code_file, name);
	if (outcome == OUTCOME_GENUINE && pin_wanted)
		outcome = licence_pin_get(&codes->licence_pin, options->licence_pin_file);
	return outcome;
}

/* What is shown of a card. */
struct shown {
	struct face face;
	struct licence licence;
};

static enum outcome
read_card(struct shown *shown, struct sc_card *card, const struct card_name *name, const struct codes *codes, const struct options *options)
{
	enum outcome outcome = face_read(&shown->face, card, name, &codes->code_b);

	if (outcome == OUTCOME_GENUINE && options->licence) {
		outcome = licence_read(&shown->licence, card, name, &codes->licence_pin);
		shown->face.licence = &shown->licence;
	}
	return outcome;
}

static enum outcome
show_card_face(sc_context_t *ctx, const struct options *options)
{
	struct sc_card *card = NULL;
	struct card_name name;
	struct codes codes = {0};
	struct shown shown = {0};
	enum outcome outcome = reader_open(ctx, options->reader, options->wait, &card);

	if (outcome != OUTCOME_GENUINE)
		return outcome;
	reader_print_card_name(card, &name);
	outcome = get_codes(&codes, card, &name, options);
	if (outcome == OUTCOME_GENUINE)
		outcome = read_card(&shown, card, &name, &codes, options);
	explicit_bzero(&codes, sizeof(codes));
	sc_disconnect_card(card);
	if (outcome == OUTCOME_GENUINE)
		outcome = write_face_output(&shown.face, options);
	face_free(&shown.face);
	licence_free(&shown.licence);
	return outcome;
}

static enum outcome
show_with_opensc(const struct options *options)
{
	sc_context_t *ctx = NULL;
	enum outcome outcome = reader_start_opensc(&ctx);

	if (outcome != OUTCOME_GENUINE)
		return outcome;
	outcome = show_card_face(ctx, options);
	sc_release_context(ctx);
	return outcome;
}

int
main(int argc, char **argv)
{
	struct options options;
	enum outcome outcome = options_read(&options, argc, argv);

	if (outcome != OUTCOME_GENUINE || options.done)
		return (int)outcome;
	if (options.output == NULL && options.form == OUTPUT_PAGE && isatty(STDOUT_FILENO)) {
		complain("a page cannot be shown on a terminal. Use --output FILE, --text or --json.");
		return OUTCOME_USAGE;
	}
	harden("mynumber-card-face");
	return (int)show_with_opensc(&options);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mynumber-card-face: shows the face of a My Number Card, read from its chip, as an HTML page or as text. */
#include <stdio.h>
#include <unistd.h>

#include "libopensc/opensc.h"

#include "tools/common/harden.h"
#include "options.h"
#include "output.h"
#include "page.h"
#include "tools/common/reader.h"
#include "summary.h"

struct job {
	const struct face *face;
	const struct options *options;
};

static void
write_face_as_asked(FILE *out, const void *argument)
{
	const struct job *job = argument;

	if (job->options->text)
		summary_write(out, job->face, job->options->language);
	else
		page_write(out, job->face, job->options->language);
}

static enum outcome
write_face_output(const struct face *face, const struct options *options)
{
	static const enum outcome outcomes[] = {
			[VERDICT_GENUINE] = OUTCOME_GENUINE,
			[VERDICT_UNKNOWN] = OUTCOME_UNKNOWN,
			[VERDICT_NOT_GENUINE] = OUTCOME_NOT_GENUINE,
	};
	struct job job = {face, options};
	enum outcome outcome = output_write(options->output, write_face_as_asked, &job);

	return outcome == OUTCOME_GENUINE ? outcomes[face_verdict(face)] : outcome;
}

static enum outcome
show_card_face(sc_context_t *ctx, const struct options *options)
{
	struct sc_card *card = NULL;
	struct card_name name;
	struct code_b code = {0};
	struct face face = {0};
	enum outcome outcome = reader_open(ctx, options->reader, options->wait, &card);

	if (outcome != OUTCOME_GENUINE)
		return outcome;
	reader_print_card_name(card, &name);
	outcome = code_b_get(&code, options->code_file, &name);
	if (outcome == OUTCOME_GENUINE)
		outcome = face_read(&face, card, &name, &code);
	code_b_clear(&code);
	sc_disconnect_card(card);
	if (outcome == OUTCOME_GENUINE)
		outcome = write_face_output(&face, options);
	face_free(&face);
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
	if (options.output == NULL && !options.text && isatty(STDOUT_FILENO)) {
		complain("a page cannot be shown on a terminal. Use --output FILE or --text.");
		return OUTCOME_USAGE;
	}
	harden("mynumber-card-face");
	return (int)show_with_opensc(&options);
}

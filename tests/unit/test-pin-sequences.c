/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tries every sequence of a few steps against the driver's real PIN code: two programs on one card, their users, OpenSC's
 * PIN cache in each, another program that changes the PIN or selects another application, and resets of the card. After
 * each step the rules of docs/security.md, "PINs", must hold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "card-driver/content/identity.h"
#include "card-driver/operations/pin-command.h"
#include "card-driver/operations/pin.h"
#include "scripted-card.h"

#define PROGRAMS     2
#define VALUE_DIGITS 4
#define RIGHT_VALUES 2
#define TRIES	     3
#define PIN_FILE     0x18
#define EF_BITS	     0x1F
#define SW_NO_TRIES  0x63C0
#define LENGTH	     6
#define LENGTH_FULL  7 /* with TEST_FULL */

static const char *const right_values[RIGHT_VALUES] = {"1234", "5678"};
static const char wrong_value[] = "0000";

struct program {
	struct session *session;
	const char *cached;	    /* the value in OpenSC's PIN cache; NULL: none */
	bool refused[RIGHT_VALUES]; /* the card refused this value since it last accepted one of this program */
	int seen;		    /* tries left in the answer to the program's last wrong value */
};

static struct {
	struct program programs[PROGRAMS];
	size_t right;		  /* index of the PIN's value */
	unsigned ef;		  /* that is selected */
	int tries_left;		  /* of the PIN */
	const char *entered;	  /* the value that may be sent in this step */
	unsigned sent;		  /* VERIFY commands with a value, in this step */
	bool is_cached;		  /* the value of this step comes from a PIN cache */
	unsigned lost_by_cache;	  /* tries that cached values have used up since the counter was reset */
	unsigned wrong[PROGRAMS]; /* tries that the wrong value has used up in each program, likewise */
	size_t program;		  /* that acts in this step */
	const char *broken;	  /* the rule that was broken */
} world;

static void
expect_rule(bool kept, const char *rule)
{
	if (!kept && world.broken == NULL)
		world.broken = rule;
}

static void
reset_counter(void)
{
	world.tries_left = TRIES;
	world.lost_by_cache = 0;
	memset(world.wrong, 0, sizeof(world.wrong));
}

static void
note_refusal(struct program *program, const uint8_t *value)
{
	size_t i;

	for (i = 0; i < RIGHT_VALUES; i++)
		program->refused[i] |= memcmp(value, right_values[i], VALUE_DIGITS) == 0;
	program->seen = world.tries_left;
}

static void
compare_value(sc_apdu_t *apdu)
{
	struct program *program = &world.programs[world.program];

	if (world.tries_left > 0 && memcmp(apdu->data, right_values[world.right], VALUE_DIGITS) == 0) {
		reset_counter();
		memset(program->refused, 0, sizeof(program->refused));
		scripted_answer(apdu, SW_OK);
		return;
	}
	world.lost_by_cache += world.is_cached;
	world.tries_left -= world.tries_left > 0;
	world.wrong[world.program] += memcmp(apdu->data, wrong_value, VALUE_DIGITS) == 0;
	note_refusal(program, apdu->data);
	scripted_answer(apdu, SW_NO_TRIES + (unsigned)world.tries_left);
}

/* Every application has a PIN file of this number, so that a value in a wrong place is noticed. */
static void
answer_verify(sc_apdu_t *apdu)
{
	unsigned ef = apdu->p2 & EF_BITS ? apdu->p2 & EF_BITS : world.ef;
	bool in_place = scripted.selected == &applications[APP_JPKI] && ef == PIN_FILE;

	if (apdu->datalen == 0) {
		scripted_answer(apdu, SW_NO_TRIES + (unsigned)(in_place ? world.tries_left : TRIES));
		return;
	}
	world.sent++;
	expect_rule(in_place, "a value was sent to another file");
	expect_rule(apdu->datalen == VALUE_DIGITS && world.entered != NULL && memcmp(apdu->data, world.entered, VALUE_DIGITS) == 0,
			"another value was sent than the one given");
	compare_value(apdu);
}

static int
answer(sc_apdu_t *apdu)
{
	if (apdu->ins == INS_SELECT && apdu->p1 != SELECT_BY_NAME) {
		world.ef = apdu->data[apdu->datalen - 1];
		scripted_answer(apdu, SW_OK);
		return SC_SUCCESS;
	}
	if (apdu->ins != INS_VERIFY)
		return SCRIPT_AS_USUAL;
	answer_verify(apdu);
	return SC_SUCCESS;
}

static int
send_value(const char *value, bool is_cached)
{
	struct sc_pin_cmd_data data = {.cmd = SC_PIN_CMD_VERIFY, .pin_type = SC_AC_CHV, .pin_reference = PIN_AUTH};

	world.entered = value;
	world.is_cached = is_cached;
	data.pin1.data = (const u8 *)value;
	data.pin1.len = VALUE_DIGITS;
	return pin_command(world.programs[world.program].session, &data);
}

/* --- the steps */

static void
enter(const char *value)
{
	if (send_value(value, false) == SC_SUCCESS)
		world.programs[world.program].cached = value;
}

static void
enter_right(void)
{
	enter(right_values[world.right]);
}

static void
enter_wrong(void)
{
	enter(wrong_value);
}

/* OpenSC sends the cached value after a signature that was refused, and drops a value that was not accepted. */
static void
send_cached(void)
{
	struct program *program = &world.programs[world.program];

	pin_note_signature(program->session, SC_ERROR_SECURITY_STATUS_NOT_SATISFIED);
	if (program->cached != NULL && send_value(program->cached, true) != SC_SUCCESS)
		program->cached = NULL;
}

static void
select_elsewhere(void)
{
	scripted.selected = &applications[APP_TEXT];
	world.ef = PIN_FILE;
}

static void
change_elsewhere(void)
{
	world.right = 1 - world.right;
	reset_counter();
	select_elsewhere();
}

static void
use_up_elsewhere(void)
{
	if (world.tries_left > 1)
		world.tries_left--;
	select_elsewhere();
}

static void
reset_card(void)
{
	size_t i;

	scripted.selected = NULL;
	world.ef = 0;
	for (i = 0; i < PROGRAMS; i++)
		session_forget(world.programs[i].session);
}

static const struct step {
	const char *name;
	void (*run)(void);
	size_t program;
} steps[] = {
		{"program 1: right PIN entered", enter_right, 0},
		{"program 2: right PIN entered", enter_right, 1},
		{"program 1: wrong PIN entered", enter_wrong, 0},
		{"program 1: value from its cache", send_cached, 0},
		{"program 2: value from its cache", send_cached, 1},
		{"others: PIN changed", change_elsewhere, 0},
		{"others: a wrong PIN", use_up_elsewhere, 0},
		{"others: application selected", select_elsewhere, 0},
		{"card reset", reset_card, 0},
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

static void
run_step(const struct step *step)
{
	size_t i;

	for (i = 0; i < PROGRAMS; i++) { /* a new transaction */
		world.programs[i].session->link.app_confirmed = false;
		pin_note_transaction(world.programs[i].session);
	}
	world.sent = 0;
	world.entered = NULL;
	world.program = step->program;
	step->run();
	expect_rule(world.sent <= 1, "a value was sent twice");
	expect_rule(world.tries_left >= 1, "the last try was used");
	expect_rule(world.lost_by_cache <= 1, "two tries were lost without an entry");
	expect_rule(world.wrong[0] <= 1, "the same wrong value was sent twice");
}

/* The right value is accepted at its second entry. Exceptions: one try is left; or the card has refused this value to the
 * program before, the PIN was set back to it elsewhere, and other programs have used up tries since, so that the counter
 * does not show that it was reset. */
static void
expect_not_locked_out(size_t program)
{
	const struct step entry = {"", enter_right, program};
	const struct program *own = &world.programs[program];
	bool excepted = world.tries_left == 1 || (own->refused[world.right] && world.tries_left <= own->seen);

	run_step(&entry);
	run_step(&entry);
	expect_rule(excepted || (world.sent == 1 && world.tries_left == TRIES), "the right PIN was not accepted at its second entry");
}

static void
begin_world(void)
{
	size_t i;

	memset(&world, 0, sizeof(world));
	world.tries_left = TRIES;
	scripted.twist = answer;
	scripted.selected = NULL;
	for (i = 0; i < PROGRAMS; i++) {
		world.programs[i].session = session_new(session->card);
		assert_non_null(world.programs[i].session);
		world.programs[i].session->confirm = identity_confirm;
	}
}

static void
end_world(void)
{
	size_t i;

	for (i = 0; i < PROGRAMS; i++)
		session_free(world.programs[i].session);
}

/* The digits of NUMBER in base STEPS are the steps. */
static void
run_sequence(unsigned long number, unsigned length)
{
	unsigned long rest = number;
	unsigned i;

	begin_world();
	for (i = 0; i < length; i++, rest /= STEPS)
		run_step(&steps[rest % STEPS]);
	for (i = 0; i < PROGRAMS; i++)
		expect_not_locked_out(i);
	end_world();
	if (world.broken == NULL)
		return;
	for (i = 0; i < length; i++, number /= STEPS)
		print_message("%u. %s\n", i + 1, steps[number % STEPS].name);
	fail_msg("%s", world.broken);
}

/* Each sequence holds all shorter ones, because the rules are checked after each step. */
static void
test_no_sequence_breaks_a_rule_of_pins(void **state)
{
	unsigned length = getenv("TEST_FULL") == NULL ? LENGTH : LENGTH_FULL, i;
	unsigned long sequences = 1, number;

	(void)state;
	for (i = 0; i < length; i++)
		sequences *= STEPS;
	for (number = 0; number < sequences; number++)
		run_sequence(number, length);
	print_message("%lu sequences of %u steps\n", sequences, length);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_no_sequence_breaks_a_rule_of_pins, scripted_setup, scripted_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

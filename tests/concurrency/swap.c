/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A program that keeps running while cards of several persons are inserted and removed. It does the steps that its standard
 * input names, one a line. It answers each with the number of the person's folder, counting from 0 (or - for none), and the
 * error or 0. Everything that it reads after the step "find" must belong to the person whose serial number that step returned.
 *     swap pkcs11|opensc FOLDER...
 */
#include "swap.h"

#include <stdio.h>
#include <string.h>

#define HOLDERS_MAX 8

static struct holder holders[HOLDERS_MAX];
static int holder_count;
static const struct swap_library *library;
static const struct holder *claimed; /* the holder whose serial number the library returned; NULL: none */

static struct look
step_find(void)
{
	char serial[WORD_MAX] = "";
	struct look look = library->find(serial);
	int i;

	claimed = NULL;
	for (i = 0; look.error == 0 && i < holder_count; i++)
		if (strcmp(holders[i].serial, serial) == 0)
			claimed = &holders[i];
	if (look.error == 0 && claimed == NULL)
		give_up("nobody has the serial number %s", serial);
	return look;
}

/* Does a step that must read EXPECTED. */
static struct look
compare(const char *what, struct look look, const struct value *expected)
{
	if (look.error == 0 && !value_is(expected, look.read.bytes, look.read.len))
		give_up("serial number %s: the %s is somebody else's", claimed->serial, what);
	return look;
}

static struct look
step_list(void)
{
	return library->list();
}

static struct look
step_certificate(void)
{
	return compare("certificate", library->certificate(claimed), &claimed->certificates[CERTIFICATE_AUTH]);
}

static struct look
step_number(void)
{
	return compare("card number", library->number(claimed), &claimed->card_number);
}

static struct look
step_login(void)
{
	return library->login(claimed);
}

static struct look
step_name(void)
{
	return compare("name", library->name_of_holder(claimed), &claimed->name);
}

static struct look
step_sign(void)
{
	struct look look = library->sign(claimed);

	if (look.error == 0 && !holder_signed(claimed, CERTIFICATE_AUTH, DOCUMENT, strlen(DOCUMENT), look.read.bytes, look.read.len))
		give_up("serial number %s: the signature is somebody else's", claimed->serial);
	return look;
}

static const struct {
	const char *verb;
	struct look (*run)(void);
} steps[] = {
		{"list", step_list},
		{"certificate", step_certificate},
		{"number", step_number},
		{"login", step_login},
		{"name", step_name},
		{"sign", step_sign},
};

/* Does a step. If "find" has found no card, all other steps do nothing. */
static unsigned long
do_step(const char *verb)
{
	size_t i;

	if (strcmp(verb, "find") == 0)
		return step_find().error;
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (strcmp(steps[i].verb, verb) == 0)
			return claimed == NULL ? 0 : steps[i].run().error;
	give_up("no such step: %s", verb);
}

static void
serve(void)
{
	char verb[WORD_MAX];
	unsigned long error;

	while (scanf("%31s", verb) == 1) {
		error = do_step(verb);
		if (claimed == NULL)
			printf("- %lu\n", error);
		else
			printf("%d %lu\n", (int)(claimed - holders), error);
		fflush(stdout);
	}
}

int
main(int argc, char **argv)
{
	int i;

	if (argc < 3 || argc - 2 > HOLDERS_MAX)
		give_up("swap pkcs11|opensc FOLDER...");
	library = strcmp(argv[1], swap_pkcs11.name) == 0 ? &swap_pkcs11 : &swap_opensc;
	holder_count = argc - 2;
	for (i = 0; i < holder_count; i++)
		holder_load(&holders[i], argv[2 + i]);
	library->start();
	serve();
	library->end();
	for (i = 0; i < holder_count; i++)
		holder_unload(&holders[i]);
	return 0;
}

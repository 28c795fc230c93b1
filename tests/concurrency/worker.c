/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One of many programs that use one card at the same time. It repeats operations of the KIND, and checks each result against
 * the files in the card's folder, $VIRTUAL_CARD_DIR. Only one failure is allowed: another program may have ended this
 * program's login, and then it logs in again. It prints what it did, and ends with an error at the first wrong result.
 *     worker KIND OPERATIONS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static const struct work_kind *const kinds[] = {&work_sign_auth, &work_sign_sign, &work_dump, &work_pins, &work_name, &work_switch};

static const struct work_kind *
find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	give_up("no such kind of work: %s", name);
}

int
main(int argc, char **argv)
{
	static struct holder holder;
	struct work work = {.holder = &holder};
	const struct work_kind *kind;
	unsigned long operations;

	if (argc != 3 || getenv("VIRTUAL_CARD_DIR") == NULL)
		give_up("worker KIND OPERATIONS");
	kind = find_kind(argv[1]);
	operations = strtoul(argv[2], NULL, 10);
	holder_load(&holder, getenv("VIRTUAL_CARD_DIR"));
	kind->start(&work);
	for (; work.done < operations; work.done++)
		kind->once(&work);
	kind->end(&work);
	holder_unload(&holder);
	printf("%s operations %u lost %u logins %u\n", kind->name, work.done, work.lost, work.logins);
	return 0;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One of many programs that use one card at the same time. Does an operation of the KIND again and again, and checks each
 * result against the files in the card's folder, $VIRTUAL_CARD_DIR. The only thing that may go wrong is that another program
 * has ended its login; then it logs in again. Prints what it did; ends with an error at the first result that is wrong.
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

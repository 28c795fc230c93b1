/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A library for LD_PRELOAD: listing data object number FAILING_LISTING fails once, as if memory were short. On standard
 * error, each line that begins with "listed" names an object that was listed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "libopensc/errors.h"
#include "libopensc/pkcs15.h"

typedef int (*add_data)(struct sc_pkcs15_card *card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_data_info *info);

int
sc_pkcs15emu_add_data_object(struct sc_pkcs15_card *card, const struct sc_pkcs15_object *object, const struct sc_pkcs15_data_info *info)
{
	static int number;
	const char *failing = getenv("FAILING_LISTING");
	add_data next;

	fprintf(stderr, "listed %s\n", object->label);
	if (failing != NULL && ++number == atoi(failing))
		return SC_ERROR_OUT_OF_MEMORY;
	*(void **)&next = dlsym(RTLD_NEXT, "sc_pkcs15emu_add_data_object");
	return next == NULL ? SC_ERROR_INTERNAL : next(card, object, info);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reader.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <winscard.h>

typedef LONG establish_fn(DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context);

static bool (*restart)(const char *list), (*struck)(void);

static void *
function(void *library, const char *name)
{
	void *address = dlsym(library, name);

	if (address == NULL) {
		fprintf(stderr, "fault-matrix: %s\n", dlerror());
		exit(2);
	}
	return address;
}

void
reader_keep(void)
{
	void *library = dlopen(getenv("FAULTS_READER"), RTLD_NOW);
	establish_fn *establish;
	SCARDCONTEXT context;

	*(void **)&restart = function(library, "vc_fault_restart");
	*(void **)&struck = function(library, "vc_fault_struck");
	*(void **)&establish = function(library, "SCardEstablishContext");
	if (establish(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS) {
		fprintf(stderr, "fault-matrix: no card\n");
		exit(2);
	}
}

void
reader_faults(const char *list)
{
	if (!restart(list))
		abort();
}

bool
reader_fault_struck(void)
{
	return struck();
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What OpenSC looks up in the module, and the guard against an OpenSC other than the one compiled for. */
#include "card-driver/base/compat.h"

#include <string.h>

#include "card-driver/operations/driver.h"
#include "pkcs15-emu/emulator.h"

#define EXPORT __attribute__((visibility("default")))

/* OpenSC casts the result of sc_module_init to this. */
typedef struct sc_card_driver *(*driver_getter)(void);

EXPORT void *sc_module_init(const char *name);
EXPORT const char *sc_driver_version(void);
EXPORT int sc_pkcs15_init_func_ex(struct sc_pkcs15_card *p15card, struct sc_aid *aid);

/* OpenSC promises no ABI. Its version is compared by OpenSC itself with sc_driver_version(), but releases and its git share
 * version numbers: so look whether a driver that every OpenSC has lies where our headers say. */
static bool
abi_fits(void)
{
	const struct sc_card_driver *iso7816 = sc_get_iso7816_driver();

	return strncmp(sc_get_version(), OPENSC_VERSION, strlen(OPENSC_VERSION)) == 0 && iso7816 != NULL &&
	       iso7816->short_name != NULL && strcmp(iso7816->short_name, "iso7816") == 0 && iso7816->ops != NULL &&
	       iso7816->ops->check_sw != NULL && iso7816->ops->get_response != NULL && iso7816->ops->pin_cmd != NULL &&
	       iso7816->ops->decipher != NULL && iso7816->ops->card_reader_lock_obtained == NULL;
}

void *
sc_module_init(const char *name)
{
	driver_getter getter = driver_get;

	(void)name;
	return abi_fits() ? *(void **)&getter : NULL;
}

/* opensc-mynumber-config doctor searches the module for these words, to name the version where OpenSC does not load it. */
#define BUILT_FOR "built for OpenSC "

/* The version compiled against, never the running one: this is what keeps another OpenSC from loading the module. */
const char *
sc_driver_version(void)
{
	static const char version[] = BUILT_FOR OPENSC_VERSION;

	return version + sizeof(BUILT_FOR) - 1;
}

int
sc_pkcs15_init_func_ex(struct sc_pkcs15_card *p15card, struct sc_aid *aid)
{
	return emulator_bind(p15card, aid);
}

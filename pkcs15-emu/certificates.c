/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include "card-driver/session/load.h"
#include "object.h"

struct certificate_object {
	unsigned id;
	enum condition condition;
	uint16_t file;	 /* of JPKI */
	enum pin_id pin; /* of the slot that an authority's certificate is in */
	const char *label;
};

/* An authority's certificate is free to read, and yet PKCS#11 modules see it as a private object in the slot of the key
 * that it stands for: with a public one comes a public key object of OpenSC's own making. ssh takes both for login keys, NSS the certificate for the
 * user's own, as long as nobody has logged in. */
static const struct certificate_object certificate_objects[] = {
		{0x01, IF_AUTH, EF_AUTH_CERTIFICATE, PIN_NONE, "User Authentication Certificate"},
		{0x02, IF_SIGN, EF_SIGN_CERTIFICATE, PIN_NONE, "Digital Signature Certificate"},
		{0x03, IF_CA, EF_AUTH_CA_CERTIFICATE, PIN_AUTH, "User Authentication Certificate CA"},
		{0x04, IF_CA, EF_SIGN_CA_CERTIFICATE, PIN_SIGN, "Digital Signature Certificate CA"},
};

/* A PKCS#11 module reads every public certificate at once, and one that it cannot read hides all that follow: so read it
 * here, where it costs no transaction of its own. Others find out when they read it. */
static bool
is_certificate_readable(struct session *session, uint16_t id)
{
	const struct loaded_file *loaded = NULL;

	return !session_in_pkcs11(session) ||
	       load_file(session, card_file_find(APP_JPKI, id), FILE_WHOLE, &loaded) == SC_SUCCESS;
}

static int
add_certificate(struct sc_pkcs15_card *p15card, struct session *session, const struct certificate_object *entry)
{
	bool authority = entry->pin != PIN_NONE;
	enum pin_id opener = object_opener(session, APP_JPKI, entry->file);
	struct sc_pkcs15_object object = object_make(entry->label, authority && session_in_pkcs11(session) ? entry->pin : opener);
	struct sc_pkcs15_cert_info info = {0};

	if (object.auth_id.len == 0 && !is_certificate_readable(session, entry->file))
		return SC_SUCCESS;

	object_set_id(&info.id, entry->id);
	info.authority = authority;
	object_set_path(&info.path, APP_JPKI, entry->file);
	return sc_pkcs15emu_add_x509_cert(p15card, &object, &info);
}

int
objects_add_certificates(struct sc_pkcs15_card *p15card, struct session *session, const struct application *app)
{
	size_t i;
	int r = SC_SUCCESS;

	for (i = 0; app->id == APP_JPKI && i < sizeof(certificate_objects) / sizeof(certificate_objects[0]) && r == SC_SUCCESS; i++)
		if (object_wanted(session, certificate_objects[i].condition))
			r = add_certificate(p15card, session, &certificate_objects[i]);
	return r;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include "card-driver/session/load.h"
#include "object.h"

struct certificate_object {
	unsigned id;
	enum condition condition;
	uint16_t file;	 /* file of JPKI */
	enum pin_id pin; /* PIN of the PKCS#11 slot that contains an authority's certificate */
	const char *label;
};

/* An authority's certificate is free to read, but PKCS#11 modules present it as a private object in the slot of the key
 * that it belongs to. For a public certificate OpenSC would add a public key object. ssh would treat both as login keys,
 * and NSS would treat the certificate as the user's own until somebody logs in. */
static const struct certificate_object certificate_objects[] = {
		{0x01, IF_AUTH, EF_AUTH_CERTIFICATE, PIN_NONE, "User Authentication Certificate"},
		{0x02, IF_SIGN, EF_SIGN_CERTIFICATE, PIN_NONE, "Digital Signature Certificate"},
		{0x03, IF_CA, EF_AUTH_CA_CERTIFICATE, PIN_AUTH, "User Authentication Certificate CA"},
		{0x04, IF_CA, EF_SIGN_CA_CERTIFICATE, PIN_SIGN, "Digital Signature Certificate CA"},
};

/* A PKCS#11 module reads every public certificate at once, and a certificate that cannot be read hides all that follow.
 * Therefore the certificate is read here, where that needs no transaction of its own. Other programs get the error when
 * they read the certificate. */
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

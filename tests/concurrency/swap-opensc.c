/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "swap.h"

#include <string.h>

#include <openssl/sha.h>

#include "connection.h"

static struct connection connection;

/* Returns an error code of libopensc, which is 0 or less. */
static struct look
told(int r)
{
	return (struct look){.error = (unsigned long)-r};
}

static void
start(void)
{
	connection_start(&connection, NULL);
}

static void
end(void)
{
	connection_close(&connection);
	connection_end(&connection);
}

static struct look
list(void)
{
	return told(sc_ctx_detect_readers(connection.context));
}

static struct look
find(char serial[WORD_MAX])
{
	int r;

	connection_close(&connection);
	r = connection_open(&connection);
	if (r == SC_SUCCESS)
		r = connection_bind(&connection, NULL);
	if (r == SC_SUCCESS)
		memcpy(serial, connection.p15card->tokeninfo->serial_number, strlen(connection.p15card->tokeninfo->serial_number) + 1);
	return told(r);
}

static struct look
read_path(const sc_path_t *path)
{
	struct look look;

	look.error = (unsigned long)-connection_read(&connection, path, &look.read);
	return look;
}

static struct look
certificate(const struct holder *holder)
{
	struct sc_pkcs15_object *object;
	int r = connection_object(&connection, SC_PKCS15_TYPE_CERT, "User Authentication Certificate", &object);

	(void)holder;
	return r < 0 ? told(r) : read_path(&((const struct sc_pkcs15_cert_info *)object->data)->path);
}

static struct look
read_data(const char *label)
{
	struct sc_pkcs15_object *object;
	int r = connection_object(&connection, SC_PKCS15_TYPE_DATA_OBJECT, label, &object);

	return r < 0 ? told(r) : read_path(&((const struct sc_pkcs15_data_info *)object->data)->path);
}

static struct look
number(const struct holder *holder)
{
	(void)holder;
	return read_data("Card number");
}

static struct look
verify(const char *label, const char *pin)
{
	struct sc_pkcs15_object *object;
	int r = connection_object(&connection, SC_PKCS15_TYPE_AUTH, label, &object);

	return told(r < 0 ? r : sc_pkcs15_verify_pin(connection.p15card, object, (const u8 *)pin, strlen(pin)));
}

static struct look
login(const struct holder *holder)
{
	return verify("User Authentication PIN", holder->auth_pin);
}

static struct look
name_of_holder(const struct holder *holder)
{
	struct look look = verify("Input Support PIN", holder->text_pin);

	return look.error == 0 ? read_data("Name") : look;
}

static struct look
sign(const struct holder *holder)
{
	u8 hash[SHA256_DIGEST_LENGTH];
	struct sc_pkcs15_object *key;
	struct look look = {0};
	int r = connection_object(&connection, SC_PKCS15_TYPE_PRKEY, "User Authentication Key", &key);

	(void)holder;
	SHA256((const u8 *)DOCUMENT, strlen(DOCUMENT), hash);
	if (r == SC_SUCCESS)
		r = sc_pkcs15_compute_signature(connection.p15card, key, SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256, hash, sizeof(hash), look.read.bytes, sizeof(look.read.bytes), NULL);
	if (r < 0)
		return told(r);
	look.read.len = (size_t)r;
	return look;
}

const struct swap_library swap_opensc = {"opensc", start, list, find, certificate, number, login, name_of_holder, sign, end};

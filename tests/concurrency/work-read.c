/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "work.h"

#include <stdlib.h>
#include <string.h>

#include "connection.h"

#define OBJECTS_MAX 64

static const struct sc_aid text_aid = {{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08}, 10};

static struct connection connection;

static void
start(struct work *work)
{
	(void)work;
	connection_start(&connection, NULL);
}

static void
end(struct work *work)
{
	(void)work;
	connection_end(&connection);
}

static void
meet_card(const struct work *work, const struct sc_aid *aid)
{
	int r = connection_open(&connection);

	if (r == SC_SUCCESS)
		r = connection_bind(&connection, aid);
	if (r < 0)
		give_up("operation %u: no card: %s", work->done, sc_strerror(r));
}

/* Skips certificates that a PIN protects. */
static void
check_certificate(const struct work *work, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_cert_info *info = object->data;
	struct value read;
	int r;

	if (object->auth_id.len > 0)
		return;
	r = connection_read(&connection, &info->path, &read);
	if (r < 0)
		give_up("operation %u: %s: %s", work->done, object->label, sc_strerror(r));
	if (!value_is(&work->holder->certificates[info->id.value[0] - 1], read.bytes, read.len))
		give_up("operation %u: %s is another", work->done, object->label);
}

/* Lists all objects, whose number must be $OBJECTS, and reads the certificates. */
static void
dump_once(struct work *work)
{
	static const unsigned classes[] = {SC_PKCS15_TYPE_AUTH, SC_PKCS15_TYPE_PRKEY, SC_PKCS15_TYPE_PUBKEY, SC_PKCS15_TYPE_CERT, SC_PKCS15_TYPE_DATA_OBJECT};
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	const char *expected = getenv("OBJECTS");
	int i, count, total = 0;
	size_t class;

	meet_card(work, NULL);
	for (class = 0; class < sizeof(classes) / sizeof(classes[0]); class ++) {
		count = sc_pkcs15_get_objects(connection.p15card, classes[class], objects, OBJECTS_MAX);
		for (i = 0; i < count && classes[class] == SC_PKCS15_TYPE_CERT; i++)
			check_certificate(work, objects[i]);
		total += count;
	}
	if (expected == NULL || total != atoi(expected))
		give_up("operation %u: %d objects, not %s", work->done, total, expected);
	connection_close(&connection);
}

/* No program enters a wrong PIN, so every query must return all tries. */
static void
pins_once(struct work *work)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	const struct sc_pkcs15_auth_info *info;
	int i, count, r;

	meet_card(work, NULL);
	count = sc_pkcs15_get_objects(connection.p15card, SC_PKCS15_TYPE_AUTH, objects, OBJECTS_MAX);
	if (count <= 0)
		give_up("operation %u: no PINs", work->done);
	for (i = 0; i < count; i++) {
		info = objects[i]->data;
		r = sc_pkcs15_get_pin_info(connection.p15card, objects[i]);
		if (r < 0 || info->tries_left != info->max_tries)
			give_up("operation %u: %s: %d of %d tries: %s", work->done, objects[i]->label, info->tries_left, info->max_tries, sc_strerror(r));
	}
	connection_close(&connection);
}

static struct sc_pkcs15_object *
object(const struct work *work, unsigned class, const char *label)
{
	struct sc_pkcs15_object *found;
	int r = connection_object(&connection, class, label, &found);

	if (r < 0)
		give_up("operation %u: %s: %s", work->done, label, sc_strerror(r));
	return found;
}

/* Verifies the PIN. Other programs may end the verification before the next transaction. */
static void
log_in(struct work *work)
{
	struct sc_pkcs15_object *pin = object(work, SC_PKCS15_TYPE_AUTH, "Input Support PIN");
	int r = sc_pkcs15_verify_pin(connection.p15card, pin, (const u8 *)work->holder->text_pin, strlen(work->holder->text_pin));

	if (r < 0)
		give_up("operation %u: VERIFY: %s", work->done, sc_strerror(r));
	work->logins++;
}

static void
read_private(struct work *work, const char *label, const struct value *expected)
{
	const struct sc_pkcs15_data_info *info = object(work, SC_PKCS15_TYPE_DATA_OBJECT, label)->data;
	struct value read;
	int r;

	while ((r = connection_read(&connection, &info->path, &read)) == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED) {
		work->lost++;
		log_in(work);
	}
	if (r < 0)
		give_up("operation %u: %s: %s", work->done, label, sc_strerror(r));
	if (!value_is(expected, read.bytes, read.len))
		give_up("operation %u: %s is another", work->done, label);
}

static void
name_once(struct work *work)
{
	meet_card(work, &text_aid);
	log_in(work);
	read_private(work, "Name", &work->holder->name);
	read_private(work, "Address", &work->holder->address);
	connection_close(&connection);
}

const struct work_kind work_dump = {"dump", start, dump_once, end};
const struct work_kind work_pins = {"pins", start, pins_once, end};
const struct work_kind work_name = {"name", start, name_once, end};

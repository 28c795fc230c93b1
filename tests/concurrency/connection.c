/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "connection.h"

#include <string.h>

#define OBJECTS_MAX 64

void
connection_start(struct connection *connection, const char *driver)
{
	sc_context_param_t parameters = {.app_name = "concurrency"};

	if (sc_context_create(&connection->context, &parameters) < 0 || (driver != NULL && sc_set_card_driver(connection->context, driver) < 0))
		give_up("libopensc does not start");
}

int
connection_bind(struct connection *connection, const struct sc_aid *aid)
{
	struct sc_aid copy;

	if (aid != NULL)
		copy = *aid;
	return sc_pkcs15_bind(connection->card, aid == NULL ? NULL : &copy, &connection->p15card);
}

int
connection_object(struct connection *connection, unsigned class, const char *label, struct sc_pkcs15_object **object)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	int i, count = sc_pkcs15_get_objects(connection->p15card, class, objects, OBJECTS_MAX);

	for (i = 0; i < count; i++)
		if (strcmp(objects[i]->label, label) == 0) {
			*object = objects[i];
			return SC_SUCCESS;
		}
	return count < 0 ? count : SC_ERROR_OBJECT_NOT_FOUND;
}

int
connection_read(struct connection *connection, const sc_path_t *path, struct value *out)
{
	sc_file_t *file = NULL;
	int r = sc_lock(connection->card);

	if (r < 0)
		return r;
	r = sc_select_file(connection->card, path, &file);
	if (r == SC_SUCCESS)
		r = sc_read_binary(connection->card, 0, out->bytes, file->size < VALUE_MAX ? file->size : VALUE_MAX, 0);
	out->len = r < 0 ? 0 : (size_t)r;
	sc_file_free(file);
	sc_unlock(connection->card);
	return r < 0 ? r : SC_SUCCESS;
}

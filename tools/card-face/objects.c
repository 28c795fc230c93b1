/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "objects.h"

#include <string.h>

#include "libopensc/opensc.h"
#include "libopensc/pkcs15.h"

#include "tools/common/outcome.h"

static enum object_result
store_object(struct secret *value, const struct object_label *label, const struct sc_pkcs15_data *data)
{
	if (data->data_len > label->max)
		complain("%s: left out, because %zu bytes are more than the card can hold", label->label, data->data_len);
	else if (data->data_len > 0 && !secret_copy(value, data->data, data->data_len))
		complain("%s: left out, out of memory", label->label);
	else
		return OBJECT_READ;
	return OBJECT_MISSING;
}

static void
clear_cached_object(struct sc_pkcs15_der *der)
{
	if (der->value != NULL)
		sc_mem_clear(der->value, der->len);
}

static enum object_result
report_object_error(const struct object_label *label, int r)
{
	if (r == SC_ERROR_CORRUPTED_DATA)
		return OBJECT_REFUSED;
	if (!label->optional || (r != SC_ERROR_OBJECT_NOT_FOUND && r != SC_ERROR_FILE_NOT_FOUND))
		complain("%s: %s", label->label, sc_strerror(r));
	return r == SC_ERROR_SECURITY_STATUS_NOT_SATISFIED ? OBJECT_CLOSED : OBJECT_MISSING;
}

enum object_result
object_read(struct secret *value, struct sc_pkcs15_card *p15card, const char *application, const struct object_label *label)
{
	struct sc_pkcs15_object *object = NULL;
	struct sc_pkcs15_data_info *info;
	struct sc_pkcs15_data *data = NULL;
	enum object_result result;
	int r = sc_pkcs15_find_data_object_by_name(p15card, application, label->label, &object);

	if (r == SC_SUCCESS) {
		info = object->data;
		r = sc_pkcs15_read_data_object(p15card, info, (object->flags & SC_PKCS15_CO_FLAG_PRIVATE) != 0, &data);
		clear_cached_object(&info->data); /* OpenSC keeps a copy until sc_pkcs15_unbind() */
	}
	if (r != SC_SUCCESS)
		return report_object_error(label, r);
	result = store_object(value, label, data);
	sc_mem_clear(data->data, data->data_len);
	sc_pkcs15_free_data_object(data);
	return result;
}

bool
object_card_is_unchanged(const struct sc_pkcs15_card *p15card, const struct card_name *name, const char *code)
{
	if (card_name_is_of(name, p15card))
		return true;
	complain("the card was replaced. %s was not sent. Restart the program.", code);
	return false;
}

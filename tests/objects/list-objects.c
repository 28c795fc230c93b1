/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints every PKCS#15 object that the emulation lists for the card in the first reader, a row of a Markdown table each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card-driver/base/compat.h"

#define OBJECTS_MAX 64

static const char *
auth_of(const struct sc_pkcs15_object *object)
{
	static char text[SC_PKCS15_MAX_ID_SIZE * 2 + 1];

	if (object->auth_id.len == 0)
		return "–";
	sc_bin_to_hex(object->auth_id.value, object->auth_id.len, text, sizeof(text), 0);
	return text;
}

/* The last two bytes of a path: the file. */
static unsigned
file_of(const sc_path_t *path)
{
	return path->len < 2 ? 0 : path->value[path->len - 2] << 8 | path->value[path->len - 1];
}

static void
print_pin(const char *app, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_auth_info *info = object->data;
	const struct sc_pkcs15_pin_attributes *pin = &info->attrs.pin;

	printf("| %02X | %s | %s | ", info->auth_id.value[0], object->label, app);
	if (pin->min_length == pin->max_length)
		printf("%zu", pin->min_length);
	else
		printf("%zu to %zu", pin->min_length, pin->max_length);
	printf(" %s | %d | %s |\n", pin->type == SC_PKCS15_PIN_TYPE_ASCII_NUMERIC ? "digits" : "of A–Z, 0–9", info->max_tries,
			pin->flags & SC_PKCS15_PIN_FLAG_CHANGE_DISABLED ? "no" : "yes");
}

static void
print_private_key(const char *app, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_prkey_info *info = object->data;

	printf("| %02X | %s | %s | RSA %zu | %s | %s |\n", info->id.value[0], object->label, app, (size_t)info->modulus_length,
			auth_of(object), object->user_consent ? "at each signature" : object->auth_id.len > 0 ? "once"
													      : "never");
}

static void
print_public_key(const char *app, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_pubkey_info *info = object->data;

	printf("| %02X | %s | %s | %s |\n", info->id.value[0], object->label, app, auth_of(object));
}

static void
print_certificate(const char *app, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_cert_info *info = object->data;

	printf("| %02X | %s | %s | %04X | %s |\n", info->id.value[0], object->label, app, file_of(&info->path), auth_of(object));
}

static void
print_data(const char *app, const struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_data_info *info = object->data;

	printf("| %s | %s | %04X | %s |\n", object->label, app, file_of(&info->path), auth_of(object));
}

static const struct {
	const char *name;
	unsigned type;
	void (*print)(const char *app, const struct sc_pkcs15_object *object);
} classes[] = {
		{"pins", SC_PKCS15_TYPE_AUTH_PIN, print_pin},
		{"private-keys", SC_PKCS15_TYPE_PRKEY, print_private_key},
		{"public-keys", SC_PKCS15_TYPE_PUBKEY, print_public_key},
		{"certificates", SC_PKCS15_TYPE_CERT_X509, print_certificate},
		{"data", SC_PKCS15_TYPE_DATA_OBJECT, print_data},
};

static int
list(sc_card_t *card, struct sc_app_info *app, size_t class)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	struct sc_pkcs15_card *p15card = NULL;
	int i, count, r = sc_pkcs15_bind(card, &app->aid, &p15card);

	if (r < 0)
		return r;
	count = sc_pkcs15_get_objects(p15card, classes[class].type, objects, OBJECTS_MAX);
	for (i = 0; i < count; i++)
		classes[class].print(app->label, objects[i]);
	sc_pkcs15_unbind(p15card);
	return count < 0 ? count : SC_SUCCESS;
}

static int
list_class(sc_card_t *card, const char *name)
{
	size_t class;
	int i, r = SC_ERROR_INVALID_ARGUMENTS;

	for (class = 0; class < sizeof(classes) / sizeof(classes[0]); class ++)
		if (strcmp(classes[class].name, name) == 0)
			for (i = 0, r = SC_SUCCESS; i < card->app_count && r == SC_SUCCESS; i++)
				r = list(card, card->app[i], class);
	return r;
}

/* Makes OpenSC's list of applications. The optional ones come into it when the data objects of the whole card are listed. */
static int
find_applications(sc_card_t *card)
{
	struct sc_pkcs15_object *objects[OBJECTS_MAX];
	struct sc_pkcs15_card *p15card = NULL;
	int r = sc_enum_apps(card) < 0 ? SC_ERROR_INTERNAL : sc_pkcs15_bind(card, NULL, &p15card);

	if (r < 0)
		return r;
	r = sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_DATA_OBJECT, objects, OBJECTS_MAX);
	sc_pkcs15_unbind(p15card);
	return r < 0 ? r : SC_SUCCESS;
}

int
main(int argc, char **argv)
{
	sc_context_param_t param = {.app_name = "list-objects"};
	sc_context_t *ctx = NULL;
	sc_card_t *card = NULL;
	int r = argc == 2 ? sc_context_create(&ctx, &param) : SC_ERROR_INVALID_ARGUMENTS;

	if (r == SC_SUCCESS)
		r = sc_connect_card(sc_ctx_get_reader(ctx, 0), &card);
	if (r == SC_SUCCESS)
		r = find_applications(card);
	if (r == SC_SUCCESS)
		r = list_class(card, argv[1]);
	if (r < 0)
		fprintf(stderr, "list-objects: %s\n", sc_strerror(r));
	if (card != NULL)
		sc_disconnect_card(card);
	if (ctx != NULL)
		sc_release_context(ctx);
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Uses the card in all ways through the real libopensc, which loads the module as in any program: connect, bind, read
 * everything, log in, read again, sign, change a PIN, log out, log in at the reader's keypad, disconnect. The input contains
 * the card's answers.
 *     FUZZ_BUILD: the folder with the module and the PC/SC library [the folder in which make runs]
 *     FUZZ_PCSC: another PC/SC library, for recording a card's answers (see record)
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "fuzz.h"

#include "answers.h"
#include "card-driver/base/compat.h"

#define MODULE	      "libmynumber-fuzz-module.so"
#define LIBRARY	      "libfuzz-answers.so"
#define EXCHANGES_MAX 4000
#define VERIFIES_MAX  32
#define SIGNED_LEN    32
#define SHORT_ANSWER  256
#define FIRST_DF      0xDF01 /* the file tree in card-map.c */
#define LAST_DF	      0xDF07
#define LAST_EF	      0x1E

/* The PINs of the virtual card's default person by PIN reference, so that recorded sessions get past VERIFY. */
static const char *const pins[] = {NULL, "1234", "ABC123", "5678", "123456789018", "01070320352468", "123456789018", "01070320352468", "010703", "9012", "2468"};
static const char changed_pin[] = "4321";

static char conf_path[] = "/tmp/fuzz-conf.XXXXXX";
static sc_context_t *ctx;
static answers_feed_fn *feed;
static answers_told_fn *told;

static void
release(void)
{
	sc_release_context(ctx);
}

static void
write_conf(const char *build, const char *library)
{
	int fd = mkstemp(conf_path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	PROMISE(file != NULL);
	fprintf(file,
			"app default {\n\tdebug_file = /dev/null;\n"
			"\treader_driver pcsc { provider_library = \"%s\"; max_send_size = 255; max_recv_size = 256; }\n"
			"\tcard_drivers = mynumber;\n"
			"\tcard_driver mynumber { module = \"%s/.libs/" MODULE "\"; my_number = yes; last_try = yes; accept_test_cards = yes; }\n"
			"\tframework pkcs15 { use_pin_caching = false; use_file_caching = public; file_cache_dir = /nowhere; emulate mynumber { module = \"%s/.libs/" MODULE "\"; } }\n"
			"}\n",
			library, build, build);
	PROMISE(fclose(file) == 0);
}

void
fuzz_prepare(void)
{
	const char *build = getenv("FUZZ_BUILD"), *library = getenv("FUZZ_PCSC");
	char own[4096];
	void *handle;

	build = build == NULL ? "." : build;
	snprintf(own, sizeof(own), "%s/.libs/" LIBRARY, build);
	handle = dlopen(own, RTLD_NOW);
	if (handle == NULL)
		fprintf(stderr, "%s\n", dlerror());
	PROMISE(handle != NULL);
	*(void **)&feed = dlsym(handle, "answers_feed");
	*(void **)&told = dlsym(handle, "answers_told");
	PROMISE(feed != NULL && told != NULL);
	write_conf(build, library == NULL ? own : library);
	PROMISE(setenv("OPENSC_CONF", conf_path, 1) == 0);
	feed(NULL, 0);
	PROMISE(sc_context_create(&ctx, &(sc_context_param_t){.ver = 0, .app_name = "fuzz-card"}) == SC_SUCCESS && unlink(conf_path) == 0);
	PROMISE(sc_ctx_get_reader_count(ctx) == 1 && ctx->card_drivers[0] != NULL && strcmp(ctx->card_drivers[0]->short_name, "mynumber") == 0);
	/* OpenSSL registers its cleanup at exit; it must do so before release() is registered, so that it cleans up after
	 * the module */
	PROMISE(OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, NULL) == 1 && atexit(release) == 0);
}

/* OpenSC does not free the buffer of an empty file. */
static void
read_data(sc_pkcs15_card_t *p15card, struct sc_pkcs15_data_info *info)
{
	struct sc_pkcs15_data *data = NULL;

	if (sc_pkcs15_read_data_object(p15card, info, 0, &data) == SC_SUCCESS)
		sc_pkcs15_free_data_object(data);
	if (info->data.len > 0)
		return;
	free(info->data.value);
	info->data.value = NULL;
}

static void
read_object(sc_pkcs15_card_t *p15card, struct sc_pkcs15_object *object)
{
	struct sc_pkcs15_cert *cert = NULL;
	struct sc_pkcs15_pubkey *key = NULL;

	switch (object->type & SC_PKCS15_TYPE_CLASS_MASK) {
	case SC_PKCS15_TYPE_CERT:
		if (sc_pkcs15_read_certificate(p15card, object->data, 0, &cert) == SC_SUCCESS)
			sc_pkcs15_free_certificate(cert);
		break;
	case SC_PKCS15_TYPE_DATA_OBJECT:
		read_data(p15card, object->data);
		break;
	case SC_PKCS15_TYPE_PUBKEY:
		if (sc_pkcs15_read_pubkey(p15card, object, &key) == SC_SUCCESS)
			sc_pkcs15_free_pubkey(key);
		break;
	default:
		break;
	}
}

static void
sign(sc_pkcs15_card_t *p15card, struct sc_pkcs15_object *key)
{
	u8 hash[SIGNED_LEN] = {0}, signature[512];

	(void)sc_pkcs15_compute_signature(p15card, key, SC_ALGORITHM_RSA_PAD_PKCS1 | SC_ALGORITHM_RSA_HASH_SHA256, hash, sizeof(hash), signature, sizeof(signature), NULL);
	(void)sc_pkcs15_compute_signature(p15card, key, SC_ALGORITHM_RSA_PAD_PSS | SC_ALGORITHM_MGF1_SHA256 | SC_ALGORITHM_RSA_HASH_SHA256, hash, sizeof(hash), signature, sizeof(signature), NULL);
}

/* Whatever the card answers, one PIN entry causes at most one VERIFY. If VALUE is NULL, the keypad is used. */
static void
verify_once(sc_pkcs15_card_t *p15card, struct sc_pkcs15_object *object, const char *value)
{
	unsigned before = told().verifies;

	(void)sc_pkcs15_verify_pin(p15card, object, (const u8 *)value, value == NULL ? 0 : strlen(value));
	PROMISE(told().verifies <= before + 1);
}

static void
log_in(sc_pkcs15_card_t *p15card, struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_auth_info *info = object->data;
	int reference = info->attrs.pin.reference;

	if (reference > 0 && reference < (int)(sizeof(pins) / sizeof(pins[0])))
		verify_once(p15card, object, pins[reference]);
}

static void
change_pin(sc_pkcs15_card_t *p15card, struct sc_pkcs15_object *object)
{
	const struct sc_pkcs15_auth_info *info = object->data;
	int reference = info->attrs.pin.reference;

	if (reference == 1 || reference == 9)
		(void)sc_pkcs15_change_pin(p15card, object, (const u8 *)pins[reference], strlen(pins[reference]), (const u8 *)changed_pin, strlen(changed_pin));
}

static void
use_objects(sc_pkcs15_card_t *p15card)
{
	struct sc_pkcs15_object *object;

	for (object = p15card->obj_list; object != NULL; object = object->next)
		read_object(p15card, object);
	for (object = p15card->obj_list; object != NULL; object = object->next) {
		if (object->type != SC_PKCS15_TYPE_AUTH_PIN)
			continue;
		log_in(p15card, object);
		for (struct sc_pkcs15_object *opened = p15card->obj_list; opened != NULL; opened = opened->next)
			if (sc_pkcs15_compare_id(&opened->auth_id, &((struct sc_pkcs15_auth_info *)object->data)->auth_id))
				read_object(p15card, opened);
		for (struct sc_pkcs15_object *key = p15card->obj_list; key != NULL; key = key->next)
			if (key->type == SC_PKCS15_TYPE_PRKEY_RSA && sc_pkcs15_compare_id(&key->auth_id, &((struct sc_pkcs15_auth_info *)object->data)->auth_id))
				sign(p15card, key);
	}
	for (object = p15card->obj_list; object != NULL; object = object->next)
		if (object->type == SC_PKCS15_TYPE_AUTH_PIN)
			change_pin(p15card, object);
}

static int
read_first_record(sc_card_t *card, u8 *buf, size_t len)
{
#ifdef HAVE_OPENSC_READ_RECORD_IDX
	return sc_read_record(card, 1, 0, buf, len, SC_RECORD_BY_REC_NR);
#else
	return sc_read_record(card, 1, buf, len, SC_RECORD_BY_REC_NR);
#endif
}

/* Selects a file or folder of the file tree, and reads or lists it. */
static void
look_at(sc_card_t *card, const sc_path_t *path)
{
	u8 bytes[SHORT_ANSWER];
	sc_file_t *file = NULL;
	int r = sc_select_file(card, path, &file);

	if (r == SC_SUCCESS && file->type == SC_FILE_TYPE_DF)
		(void)sc_list_files(card, bytes, sizeof(bytes));
	else if (r == SC_SUCCESS && file->record_count > 0)
		(void)read_first_record(card, bytes, sizeof(bytes));
	else if (r == SC_SUCCESS)
		(void)sc_read_binary(card, 0, bytes, sizeof(bytes), 0);
	sc_file_free(file);
}

static void
look_at_all(sc_card_t *card)
{
	unsigned df, id;
	sc_path_t path;

	sc_format_path("3F00", &path);
	look_at(card, &path);
	sc_format_path("3F002F00", &path);
	look_at(card, &path);
	for (df = FIRST_DF; df <= LAST_DF; df++) {
		sc_format_path("3F00", &path);
		sc_append_path_id(&path, (const u8[]){df >> 8, df & 0xFF}, 2);
		look_at(card, &path);
		for (id = 1; id <= LAST_EF; id++) {
			sc_append_path_id(&path, (const u8[]){0, (u8)id}, 2);
			look_at(card, &path);
			path.len -= 2;
		}
	}
}

/* This step must be the last one, so that recorded answers still meet the same commands as when they were recorded. */
static void
use_keypad(sc_pkcs15_card_t *p15card)
{
	struct sc_pkcs15_object *object;

	for (object = p15card->obj_list; object != NULL; object = object->next) {
		if (object->type != SC_PKCS15_TYPE_AUTH_PIN)
			continue;
		verify_once(p15card, object, NULL);
		(void)sc_pkcs15_change_pin(p15card, object, NULL, 0, NULL, 0);
	}
}

static void
use_card(sc_card_t *card)
{
	struct sc_pkcs15_object *objects[1];
	sc_pkcs15_card_t *p15card = NULL;
	sc_serial_number_t serial;
	u8 random[16];

	(void)sc_card_ctl(card, SC_CARDCTL_GET_SERIALNR, &serial);
	(void)sc_get_challenge(card, random, sizeof(random));
	if (sc_pkcs15_bind(card, NULL, &p15card) != SC_SUCCESS)
		return;
	(void)sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_AUTH_PIN, objects, 1);
	(void)sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_PRKEY, objects, 1);
	(void)sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_PUBKEY, objects, 1);
	(void)sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_CERT, objects, 1);
	(void)sc_pkcs15_get_objects(p15card, SC_PKCS15_TYPE_DATA_OBJECT, objects, 1);
	use_objects(p15card);
	look_at_all(card);
	(void)sc_logout(card);
	use_keypad(p15card);
	sc_pkcs15_unbind(p15card);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sc_card_t *card = NULL;
	struct answers_count count;

	feed(data, size);
	if (sc_connect_card(sc_ctx_get_reader(ctx, 0), &card) == SC_SUCCESS) {
		use_card(card);
		sc_disconnect_card(card);
	}
	count = told();
	PROMISE(count.exchanges <= EXCHANGES_MAX && count.verifies <= VERIFIES_MAX);
	return 0;
}

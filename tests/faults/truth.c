/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#define HASH_LEN  32
#define FILE_ROOM 65536
#define TEXT_ROOM 65536

/* Memory shared with the child processes: the results of the run without faults. */
static struct {
	uint8_t digest[HASH_LEN];
	bool learning;
} * learnt;

static char text[TEXT_ROOM];

/* For each PIN, its file on the card and the place of its initial value: a file in "expected", or an entry of persona.ini. */
static const struct {
	enum vc_app app;
	uint16_t id;
	const char *file, *entry;
} pin_places[] = {
		[PIN_01] = {VC_JPKI, 0x0018, NULL, "auth_pin"},
		[PIN_02] = {VC_JPKI, 0x001B, NULL, "sign_pin"},
		[PIN_03] = {VC_TEXT, 0x0011, NULL, "text_pin"},
		[PIN_04] = {VC_TEXT, 0x0014, "my-number.txt", NULL},
		[PIN_05] = {VC_TEXT, 0x0015, "code-b.txt", NULL},
		[PIN_06] = {VC_SURFACE, 0x0013, "my-number.txt", NULL},
		[PIN_07] = {VC_SURFACE, 0x0012, "code-b.txt", NULL},
		[PIN_08] = {VC_SURFACE, 0x0011, "birth-code.txt", NULL},
		[PIN_09] = {VC_JUKI, 0x001C, NULL, "juki_pin"},
		[PIN_0A] = {VC_LICENCE, 0x0006, NULL, "licence_pin"},
};

static void
give_up(const char *what)
{
	perror(what);
	exit(2);
}

void
truth_path(char *path, size_t size, const char *name)
{
	snprintf(path, size, "%s/%s", getenv("VIRTUAL_CARD_DIR"), name);
}

static FILE *
open_file(const char *folder, const char *name)
{
	char relative[256], path[4096];
	FILE *file;

	snprintf(relative, sizeof(relative), "%s%s", folder, name);
	truth_path(path, sizeof(path), relative);
	file = fopen(path, "rb");
	if (file == NULL)
		give_up(path);
	return file;
}

static size_t
read_file(const char *name, uint8_t *out, size_t room)
{
	FILE *file = open_file("expected/", name);
	size_t len = fread(out, 1, room, file);

	fclose(file);
	return len;
}

static void
read_entry(const char *entry, char *value)
{
	FILE *file = open_file("", "persona.ini");
	char line[256], name[64];

	while (fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "%63[a-z_] = %16[A-Z0-9]", name, value) == 2 && strcmp(name, entry) == 0)
			break;
	fclose(file);
}

int
truth_pin_number(enum job_pin pin)
{
	return vc_pin_number(pin_places[pin].app, pin_places[pin].id);
}

static void
first_value(enum job_pin pin, char *value)
{
	if (pin_places[pin].file != NULL)
		(void)read_file(pin_places[pin].file, (uint8_t *)value, VC_PIN_LEN_MAX);
	else
		read_entry(pin_places[pin].entry, value);
}

static void
current_value(enum job_pin pin, int number, char value[VC_PIN_LEN_MAX + 1])
{
	struct vc_card_state state = truth_state();
	const struct vc_pin_state *now = &state.pins[number];

	memset(value, 0, VC_PIN_LEN_MAX + 1);
	if (now->changed)
		memcpy(value, now->value, now->len);
	else
		first_value(pin, value);
}

const char *
truth_pin(enum job_pin pin)
{
	static char value[VC_PIN_LEN_MAX + 1];

	current_value(pin, truth_pin_number(pin), value);
	return value;
}

bool
truth_copies_agree(enum job_pin pin)
{
	char copy[VC_PIN_LEN_MAX + 1];

	if (pin != PIN_09)
		return true;
	current_value(pin, vc_pin_number(VC_COMMON, pin_places[PIN_09].id), copy);
	return strcmp(copy, truth_pin(pin)) == 0;
}

bool
truth_is(const char *name, const uint8_t *data, size_t len)
{
	static uint8_t expected[FILE_ROOM];

	return read_file(name, expected, sizeof(expected)) == len && memcmp(expected, data, len) == 0;
}

bool
truth_signed(const char *name, bool pss, const uint8_t *hash, const uint8_t *signature, size_t len)
{
	FILE *file = open_file("expected/", name);
	EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	EVP_PKEY_CTX *ctx = key == NULL ? NULL : EVP_PKEY_CTX_new(key, NULL);
	bool genuine = ctx != NULL && EVP_PKEY_verify_init(ctx) == 1 && EVP_PKEY_CTX_set_signature_md(ctx, EVP_sha256()) == 1 &&
		       EVP_PKEY_CTX_set_rsa_padding(ctx, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1 &&
		       EVP_PKEY_verify(ctx, signature, len, hash, HASH_LEN) == 1;

	fclose(file);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(key);
	return genuine;
}

void
truth_learn(bool learn)
{
	if (learnt == NULL)
		learnt = mmap(NULL, sizeof(*learnt), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (learnt == MAP_FAILED)
		give_up("mmap");
	learnt->learning = learn;
}

bool
truth_is_as_learnt(const uint8_t *data, size_t len)
{
	uint8_t digest[EVP_MAX_MD_SIZE];

	if (EVP_Digest(data, len, digest, NULL, EVP_sha256(), NULL) != 1)
		return false;
	if (learnt->learning)
		memcpy(learnt->digest, digest, HASH_LEN);
	return memcmp(learnt->digest, digest, HASH_LEN) == 0;
}

FILE *
truth_text_begin(void)
{
	FILE *out = fmemopen(text, sizeof(text), "w");

	if (out == NULL)
		give_up("a text");
	return out;
}

bool
truth_text_end(FILE *out, bool whole)
{
	bool as_learnt;

	fflush(out);
	as_learnt = !whole || truth_is_as_learnt((const uint8_t *)text, (size_t)ftell(out));
	fclose(out);
	return as_learnt;
}

static FILE *
open_state(const char *mode)
{
	char path[4096];
	FILE *file;

	truth_path(path, sizeof(path), "card.state");
	file = fopen(path, mode);
	if (file == NULL)
		give_up(path);
	return file;
}

struct vc_card_state
truth_state(void)
{
	struct vc_card_state state;
	FILE *file = open_state("r");

	if (fread(&state, sizeof(state), 1, file) != 1)
		give_up("card.state");
	fclose(file);
	return state;
}

/* Writes the file in place, because processes have it mapped into memory. */
static void
write_state(const struct vc_card_state *state)
{
	FILE *file = open_state("r+");

	if (fwrite(state, sizeof(*state), 1, file) != 1 || fclose(file) != 0)
		give_up("card.state");
}

void
truth_put_back(void)
{
	char path[4096];

	truth_path(path, sizeof(path), "card.removed");
	(void)unlink(path);
}

void
truth_reset(void)
{
	static struct vc_card_state as_new;

	if (as_new.version == 0)
		as_new = truth_state();
	write_state(&as_new);
	truth_put_back();
	if (truncate(getenv("VIRTUAL_CARD_LOG"), 0) < 0)
		give_up("the card's log");
}

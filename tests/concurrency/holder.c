/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "holder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/x509.h>

#define PATH_LEN_MAX 4096

void
give_up(const char *format, ...)
{
	va_list words;

	va_start(words, format);
	vfprintf(stderr, format, words);
	va_end(words);
	fputc('\n', stderr);
	exit(2);
}

static FILE *
open_file(const char *dir, const char *name)
{
	char path[PATH_LEN_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "rbe");
	if (file == NULL)
		give_up("cannot read %s", path);
	return file;
}

static void
load_value(struct value *value, const char *dir, const char *name)
{
	FILE *file = open_file(dir, name);

	value->len = fread(value->bytes, 1, sizeof(value->bytes), file);
	if (value->len == 0 || value->len == sizeof(value->bytes))
		give_up("%s in %s has no fitting length", name, dir);
	fclose(file);
}

static void
load_certificate(struct holder *holder, const char *dir, enum certificate certificate)
{
	static const char *const names[] = {
			[CERTIFICATE_AUTH] = "certificates/auth.der",
			[CERTIFICATE_SIGN] = "certificates/sign.der",
			[CERTIFICATE_AUTH_CA] = "certificates/auth-ca.der",
			[CERTIFICATE_SIGN_CA] = "certificates/sign-ca.der",
	};
	const unsigned char *der = holder->certificates[certificate].bytes;
	X509 *x509;

	load_value(&holder->certificates[certificate], dir, names[certificate]);
	x509 = d2i_X509(NULL, &der, (long)holder->certificates[certificate].len);
	holder->keys[certificate] = x509 == NULL ? NULL : X509_get_pubkey(x509);
	if (holder->keys[certificate] == NULL)
		give_up("no certificate: %s in %s", names[certificate], dir);
	X509_free(x509);
}

/* Parses lines "key = word" of persona.ini. */
static void
load_words(struct holder *holder, const char *dir)
{
	const struct {
		const char *key;
		char *word;
	} wanted[] = {
			{"serial", holder->serial},
			{"auth_pin", holder->auth_pin},
			{"sign_pin", holder->sign_pin},
			{"text_pin", holder->text_pin},
	};
	char line[VALUE_MAX], key[WORD_MAX], word[WORD_MAX];
	FILE *file = open_file(dir, "persona.ini");
	size_t i;

	while (fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "%31s = %31s", key, word) != 2)
			continue;
		for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
			if (strcmp(key, wanted[i].key) == 0)
				memcpy(wanted[i].word, word, sizeof(word));
	}
	fclose(file);
}

void
holder_load(struct holder *holder, const char *dir)
{
	int i;

	load_words(holder, dir);
	for (i = 0; i < CERTIFICATE_COUNT; i++)
		load_certificate(holder, dir, (enum certificate)i);
	load_value(&holder->name, dir, "expected/name.txt");
	load_value(&holder->address, dir, "expected/address.txt");
	load_value(&holder->card_number, dir, "expected/card-number.txt");
}

void
holder_unload(struct holder *holder)
{
	int i;

	for (i = 0; i < CERTIFICATE_COUNT; i++)
		EVP_PKEY_free(holder->keys[i]);
}

bool
value_is(const struct value *value, const void *bytes, size_t len)
{
	return len == value->len && memcmp(bytes, value->bytes, len) == 0;
}

bool
holder_signed(const struct holder *holder, enum certificate certificate, const void *data, size_t len, const unsigned char *signature, size_t signature_len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx != NULL && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, holder->keys[certificate]) == 1 &&
		    EVP_DigestVerify(ctx, signature, signature_len, data, len) == 1;

	EVP_MD_CTX_free(ctx);
	return good;
}

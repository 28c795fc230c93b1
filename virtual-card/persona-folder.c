/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "persona-folder.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "certificates.h"
#include "images.h"
#include "keys.h"
#include "licence-folder.h"
#include "records.h"

#define PHOTO_SIZE 7200 /* the photo on the face of the card */

/* The lock is held from open to close; only one folder is open at a time. */
static int lock_fd = -1;

static int
take_lock(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/persona.lock", dir);
	lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock_fd < 0 || flock(lock_fd, LOCK_EX) < 0) {
		perror(path);
		return -1;
	}
	return 0;
}

static void
make_folder(const char *dir, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	mkdir(path, 0700);
}

static int
make_images(const struct persona *persona, const char *dir, unsigned seed)
{
	make_folder(dir, "images");
	if (image_text(dir, "images/name.png", persona->name, 240, 24) < 0 ||
			image_text(dir, "images/address.png", persona->address, 480, 24) < 0 ||
			image_text(dir, "images/my-number.png", persona->my_number, 72, 12) < 0 ||
			image_text(dir, "images/security-code.png", persona->security_code, 24, 12) < 0)
		return -1;
	return image_portrait(dir, "images/photo.jp2", seed, PHOTO_SIZE);
}

static void
make_certificates(const struct persona *persona, const char *dir)
{
	static const enum certificate_kind kinds[] = {CERTIFICATE_AUTH, CERTIFICATE_SIGN, CERTIFICATE_AUTH_CA, CERTIFICATE_SIGN_CA};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct bytes der = certificate_make(dir, persona, kinds[i], false);

		bytes_free(&der);
	}
}

/* Writes the values as they are on the card, one file each. */
static int
make_expected(const struct persona *persona, const char *dir)
{
	const struct {
		const char *file, *text, *copy_of;
	} values[] = {
			{"expected/name.txt", persona->name, NULL},
			{"expected/address.txt", persona->address, NULL},
			{"expected/birth.txt", persona->birth, NULL},
			{"expected/sex.txt", persona->sex, NULL},
			{"expected/my-number.txt", persona->my_number, NULL},
			{"expected/card-number.txt", persona->serial, NULL},
			{"expected/municipality.txt", persona->municipality, NULL},
			{"expected/card-expiry.txt", persona->card_expiry, NULL},
			{"expected/name.png", NULL, "images/name.png"},
			{"expected/address.png", NULL, "images/address.png"},
			{"expected/security-code.png", NULL, "images/security-code.png"},
			{"expected/my-number.png", NULL, "images/my-number.png"},
			{"expected/photo.jp2", NULL, "images/photo.jp2"},
			{"expected/code-b.txt", persona->code_b, NULL},
			{"expected/birth-code.txt", persona->birth_code, NULL},
	};
	size_t i;
	int r = 0;

	make_folder(dir, "expected");
	for (i = 0; i < sizeof(values) / sizeof(values[0]) && r == 0; i++) {
		struct bytes value = {0};

		if (values[i].copy_of != NULL)
			value = bytes_read_file(dir, values[i].copy_of);
		else
			bytes_add(&value, values[i].text, strlen(values[i].text));
		r = bytes_write_file(dir, values[i].file, value.data, value.len);
		bytes_free(&value);
	}
	return r;
}

static void
put_trusted_key(FILE *file, const char *dir, const char *name, const char *digits)
{
	EVP_PKEY *key = key_get(dir, name);
	uint8_t id[16], modulus[256];
	size_t i;

	record_key_id(id, digits);
	key_modulus(key, modulus);
	for (i = 0; i < sizeof(id); i++)
		fprintf(file, "%02X", id[i]);
	fputc(' ', file);
	for (i = 0; i < sizeof(modulus); i++)
		fprintf(file, "%02X", modulus[i]);
	fputc('\n', file);
	EVP_PKEY_free(key);
}

static int
make_trusted_keys(const char *dir)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/trusted-cv-keys.txt", dir);
	file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		return -1;
	}
	fprintf(file, "# CA keys of this virtual card's own hierarchy: key id, modulus\n");
	put_trusted_key(file, dir, "cv-ca-platform", "7000020");
	put_trusted_key(file, dir, "cv-ca-surface", "7000023");
	put_trusted_key(file, dir, "cv-ca-text", "7000033");
	return fclose(file) == 0 ? 0 : -1;
}

/* persona.ini is written last: a folder without it is incomplete and is written again. */
static int
make_persona(struct persona *persona, const char *dir, unsigned seed)
{
	persona_invent(persona, seed);
	make_certificates(persona, dir);
	if (make_images(persona, dir, seed) < 0 || make_expected(persona, dir) < 0 ||
			make_trusted_keys(dir) < 0)
		return -1;
	return persona_save(persona, dir);
}

static bool
holds_persona(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/persona.ini", dir);
	return access(path, R_OK) == 0;
}

int
persona_folder_open(const char *dir, unsigned seed, struct persona *persona)
{
	int r;

	mkdir(dir, 0700);
	if (take_lock(dir) < 0)
		return -1;
	r = holds_persona(dir) ? persona_load(persona, dir) : make_persona(persona, dir, seed);
	if (r == 0)
		r = licence_folder_complete(dir, persona, seed);
	if (r < 0)
		persona_folder_close(dir);
	return r;
}

void
persona_folder_close(const char *dir)
{
	(void)dir;
	if (lock_fd >= 0)
		close(lock_fd);
	lock_fd = -1;
}

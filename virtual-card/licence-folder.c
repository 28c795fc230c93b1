/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "licence-folder.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "images.h"
#include "keys.h"
#include "licence.h"

#define PHOTO	     "images/licence-photo.jp2"
#define TRUSTED_KEYS "trusted-licence-keys.txt"
#define PHOTO_SIZE   1900 /* a record has room for 2000 bytes; the encoder does not meet the size exactly */

/* The classes in the order in which the face of a licence shows them. */
static const struct {
	unsigned tag;
	const char *name;
} classes[] = {
		{0xEC, "大型"},
		{0xF8, "中型"},
		{0xFA, "準中型"},
		{0xED, "普通"},
		{0xEE, "大特"},
		{0xEF, "大自二"},
		{0xF0, "普自二"},
		{0xF1, "小特"},
		{0xF2, "原付"},
		{0xF3, "け引"},
		{0xF4, "大二"},
		{0xF9, "中二"},
		{0xF5, "普二"},
		{0xF6, "大特二"},
		{0xF7, "け引二"},
};

static int
write_text(const char *dir, const char *name, const char *text)
{
	return bytes_write_file(dir, name, text, strlen(text));
}

static int
copy_file(const char *dir, const char *from, const char *to)
{
	struct bytes bytes = bytes_read_file(dir, from);
	int r = bytes_write_file(dir, to, bytes.data, bytes.len);

	bytes_free(&bytes);
	return r;
}

/* Writes the names of the classes held, one a line. */
static int
write_classes(const char *dir, const struct persona *persona)
{
	struct bytes lines = {0};
	char tag[3];
	size_t i;
	int r;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		snprintf(tag, sizeof(tag), "%02X", classes[i].tag);
		if (strstr(persona->licence_classes, tag) == NULL)
			continue;
		if (lines.len > 0)
			bytes_add(&lines, "\n", 1);
		bytes_add(&lines, classes[i].name, strlen(classes[i].name));
	}
	r = bytes_write_file(dir, "expected/licence-classes.txt", lines.data, lines.len);
	bytes_free(&lines);
	return r;
}

/* Writes the values as a reader should show them. */
static int
write_expected(const char *dir, const struct persona *persona)
{
	const struct {
		const char *file, *text;
	} values[] = {
			{"expected/licence-number.txt", persona->licence_number},
			{"expected/licence-expiry.txt", persona->licence_expiry},
			{"expected/licence-colour.txt", persona->licence_colour},
			{"expected/licence-conditions.txt", persona->licence_conditions},
			{"expected/licence-history-number.txt", persona->licence_history_number},
	};
	size_t i;
	int r = write_classes(dir, persona);

	for (i = 0; i < sizeof(values) / sizeof(values[0]) && r == 0; i++)
		r = write_text(dir, values[i].file, values[i].text);
	return r < 0 ? r : copy_file(dir, PHOTO, "expected/licence-photo.jp2");
}

static void
put_hex(struct bytes *line, const uint8_t *data, size_t len)
{
	char digits[3];
	size_t i;

	for (i = 0; i < len; i++) {
		snprintf(digits, sizeof(digits), "%02X", data[i]);
		bytes_add(line, digits, 2);
	}
}

/* Writes the signer's key in the format of the driver's trusted_licence_keys: key identifier, modulus. */
static int
write_trusted_key(const char *dir)
{
	static const char comment[] = "# Key that signs the licence records of this virtual card: key identifier, modulus\n";
	EVP_PKEY *key = key_get(dir, LICENCE_SIGNER);
	uint8_t id[32], modulus[256];
	struct bytes file = {0};
	int r;

	licence_key_id(id, key);
	key_modulus(key, modulus);
	bytes_add(&file, comment, strlen(comment));
	put_hex(&file, id, sizeof(id));
	bytes_add(&file, " ", 1);
	put_hex(&file, modulus, sizeof(modulus));
	bytes_add(&file, "\n", 1);
	r = bytes_write_file(dir, TRUSTED_KEYS, file.data, file.len);
	bytes_free(&file);
	EVP_PKEY_free(key);
	return r;
}

/* The file with the key is written last: if it exists, so do the others. */
int
licence_folder_complete(const char *dir, const struct persona *persona, unsigned seed)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/" TRUSTED_KEYS, dir);
	if (access(path, R_OK) == 0)
		return 0;
	if (image_portrait(dir, PHOTO, seed, PHOTO_SIZE) < 0 || write_expected(dir, persona) < 0)
		return -1;
	return write_trusted_key(dir);
}

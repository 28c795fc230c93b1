/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "truth.h"

#define FOLDER	  "cache"
#define FILE_ROOM 65536

/* Calls is_true() for each file in the cache. Returns how often it was true; FILES gets the number of files. */
static size_t
count(bool (*is_true)(const char *path, const char *name), const char *name, size_t *files)
{
	DIR *folder = opendir(FOLDER); /* OpenSC creates the folder */
	const struct dirent *entry;
	size_t found = 0;
	char path[512];

	*files = 0;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), FOLDER "/%s", entry->d_name);
		found += is_true(path, name);
		(*files)++;
	}
	if (folder != NULL)
		closedir(folder);
	return found;
}

static bool
is_removed(const char *path, const char *name)
{
	(void)name;
	return unlink(path) == 0;
}

static bool
is_file(const char *path, const char *name)
{
	static uint8_t bytes[FILE_ROOM];
	FILE *file = fopen(path, "rb");
	size_t len = file == NULL ? 0 : fread(bytes, 1, sizeof(bytes), file);

	if (file != NULL)
		fclose(file);
	return truth_is(name, bytes, len);
}

void
cache_empty(void)
{
	size_t files;

	(void)count(is_removed, NULL, &files);
}

bool
cache_holds(const char *name)
{
	size_t files;

	return count(is_file, name, &files) > 0;
}

/* The person's certificate whose name a cached file's name ends with. */
static bool
is_as_named(const char *path, const char *name)
{
	static const struct {
		const char *end, *truth;
	} kept[] = {{"_000A", "../certificates/auth.der"}, {"_000B", "../certificates/auth-ca.der"}};
	size_t i, len = strlen(path);

	(void)name;
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (len > strlen(kept[i].end) && strcmp(path + len - strlen(kept[i].end), kept[i].end) == 0)
			return is_file(path, kept[i].truth);
	return false;
}

bool
cache_is_true(void)
{
	size_t files;

	return count(is_as_named, NULL, &files) == files;
}

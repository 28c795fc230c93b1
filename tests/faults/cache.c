/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "truth.h"

#define FOLDER	  "cache"
#define FILE_ROOM 65536

/* Does the same to each file; how often that was true. */
static size_t
count(bool (*is_true)(const char *path, const char *name), const char *name, size_t *files)
{
	DIR *folder = opendir(FOLDER); /* OpenSC makes it */
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

bool
cache_holds_no_other(const char *name)
{
	size_t files;

	return count(is_file, name, &files) == files;
}

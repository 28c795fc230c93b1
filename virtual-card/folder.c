/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DIR_MODE       0700
#define DEFAULT_FOLDER "mynumber-virtual-card"

bool
vc_folder_default(char *path, size_t size)
{
	const char *dir = getenv("VIRTUAL_CARD_DIR"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	int len;

	if (dir != NULL && *dir != '\0')
		len = snprintf(path, size, "%s", dir);
	else if (data != NULL && *data != '\0')
		len = snprintf(path, size, "%s/" DEFAULT_FOLDER, data);
	else
		len = snprintf(path, size, "%s/.local/share/" DEFAULT_FOLDER, home == NULL ? "" : home);
	return len >= 0 && (size_t)len < size;
}

int
vc_folder_make(const char *dir)
{
	char *path = strdup(dir), *slash;
	int rc = 0;

	if (path == NULL || *path == '\0')
		rc = -1;
	for (slash = rc == 0 ? strchr(path + 1, '/') : NULL; slash != NULL && rc == 0; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		rc = mkdir(path, DIR_MODE) < 0 && errno != EEXIST ? -1 : 0;
		*slash = '/';
	}
	if (rc == 0 && mkdir(path, DIR_MODE) < 0 && errno != EEXIST)
		rc = -1;
	if (rc != 0)
		fprintf(stderr, "virtual card: cannot make the folder %s: %s\n", dir, strerror(errno));
	free(path);
	return rc;
}

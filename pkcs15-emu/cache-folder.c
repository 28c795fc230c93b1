/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cache-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "card-driver/base/tell.h"
#include "card-driver/session/session.h"

#define PREFIX_MAX    64
#define FILE_END_SIZE sizeof("_0002")

/* Another program may remove the file at the same time, which does no harm. */
static bool
is_plain_file(int folder, const char *name)
{
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	return S_ISREG(status.st_mode) && status.st_uid == geteuid() && status.st_size <= EXTENDED_ANSWER_MAX;
}

/* Returns true if all files whose names begin with PREFIX are plain. All versions of OpenSC begin the names in the same
 * way. The message does not contain a name, because names begin with the card number. */
static bool
are_entries_plain(const sc_context_t *ctx, DIR *folder, const char *path, const char *prefix)
{
	const struct dirent *entry;

	while ((entry = readdir(folder)) != NULL) {
		if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || is_plain_file(dirfd(folder), entry->d_name))
			continue;
		tell_user(ctx, "OpenSC's cache %s contains a file that OpenSC has not written. The cache is not used. Delete this folder", path);
		return false;
	}
	return true;
}

/* Opens the cache folder and sets the beginning of the names of this card's files. Returns NULL with errno 0 if OpenSC names
 * no folder. */
static DIR *
open_folder(struct sc_pkcs15_card *p15card, char path[PATH_MAX], char prefix[PREFIX_MAX])
{
	const sc_pkcs15_tokeninfo_t *info = p15card->tokeninfo;
	int r = sc_get_cache_dir(p15card->card->ctx, path, PATH_MAX);

	errno = 0;
	snprintf(prefix, PREFIX_MAX, "%s_%s", info->serial_number, info->last_update.gtime);
	return r == SC_SUCCESS ? opendir(path) : NULL;
}

bool
cache_folder_is_safe(struct sc_pkcs15_card *p15card)
{
	char path[PATH_MAX], prefix[PREFIX_MAX];
	DIR *folder = open_folder(p15card, path, prefix);
	bool good, missing = folder == NULL && errno == ENOENT;

	if (folder == NULL && errno != 0 && !missing)
		tell_user(p15card->card->ctx, "%s: %s. OpenSC's cache is not used. Set another file_cache_dir", path, strerror(errno));
	if (folder == NULL)
		return missing;
	good = are_entries_plain(p15card->card->ctx, folder, path, prefix);
	closedir(folder);
	return good;
}

static bool
ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	return len >= end_len && strcmp(name + len - end_len, end) == 0;
}

bool
cache_folder_remove(struct sc_pkcs15_card *p15card, uint16_t file)
{
	char path[PATH_MAX], prefix[PREFIX_MAX], end[FILE_END_SIZE];
	DIR *folder = open_folder(p15card, path, prefix);
	const struct dirent *entry;
	bool good = true;

	if (folder == NULL)
		return errno == ENOENT;
	snprintf(end, sizeof(end), "_%04X", file);
	while ((entry = readdir(folder)) != NULL)
		if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0 && ends_with(entry->d_name, end))
			good = good && (unlinkat(dirfd(folder), entry->d_name, 0) == 0 || errno == ENOENT);
	closedir(folder);
	return good;
}
